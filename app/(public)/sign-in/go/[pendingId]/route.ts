import { goRoute } from "lib/gates/go-route";

export { goRoute as GET };
