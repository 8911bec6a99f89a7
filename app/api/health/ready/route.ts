import { readyRoute } from "lib/gates/probe-route";

export const dynamic = "force-dynamic";
export { readyRoute as GET };
