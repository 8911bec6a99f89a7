import { authRoute } from "lib/gates/auth-route";

export { authRoute as GET, authRoute as POST };
