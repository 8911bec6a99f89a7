import { liveRoute } from "lib/gates/probe-route";

export const dynamic = "force-dynamic";
export { liveRoute as GET };
