import { conformance } from "./conformance";

/** JumpCloud: plain JSON, PUT for people, PATCH for groups. */
conformance("jumpcloud", {
  headers: { accept: "application/json", "content-type": "application/json; charset=UTF-8" },
});
