import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlOf } from "./curl-of";

test.each(["plain", "O'Brien", `"$HOME" \`id\` $(id) \\ !!`, "line\nbreak", "ü 名 \u{1f600}", "''''"])(
  "B-6: a shell hands %j to curl unchanged, and puts in nothing but the token",
  (name) => {
    const command = curlOf({
      method: "PATCH",
      url: "https://gh.example/api/scim/v2/Users/1?attributes=emails[type%20eq%20'x']",
      body: { displayName: name },
      ifMatch: 'W/"1"',
    });
    const script = `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${command}`;
    const { stdout, stderr } = spawnSync("bash", ["--norc", "-c", script], {
      env: { NODE_ENV: "test", GATEHOUSE_SCIM_TOKEN: "gh_scim_x" },
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout.split("\0").slice(0, -1)).toEqual([
      ...[
        "--globoff",
        "--request",
        "PATCH",
        "https://gh.example/api/scim/v2/Users/1?attributes=emails[type%20eq%20'x']",
      ],
      ...["--header", "Authorization: Bearer gh_scim_x", "--header", 'If-Match: W/"1"'],
      ...["--header", "Content-Type: application/scim+json"],
      ...["--data-binary", JSON.stringify({ displayName: name }, null, 2)],
    ]);
  },
);
