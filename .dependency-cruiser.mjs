// The floors of the house. Every rule is an error and there is no list of exceptions. Tests may reach for anything.
const test = "\\.test\\.tsx?$|-fixture\\.ts$|^vitest/";
const areas = "organizations|users|groups|domains|connections|directories|tokens|policy|webhooks";
// They carry flows through several areas, so they may call another area's verbs.
const orchestrators = "sign-in|provisioning|jobs|apply";
const reads = "(schema|queries|find-[^/]+|list-[^/]+|describe-[^/]+)\\.ts$";
// apply-*: a step with a file of its own.
const readsAndSteps = "(schema|queries|steps|apply-[^/]+|find-[^/]+|list-[^/]+)\\.ts$";

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const forbid = (name, comment, from, to) => ({
  name,
  comment,
  severity: "error",
  from: { pathNot: test, ...from },
  to,
});

/** @param {string} module @param {string} files the only files that import it */
const oneFile = (module, files) =>
  forbid(
    `library-in-one-file: ${module}`,
    `${module} is imported by ${files} alone: it is replaced or pinned in one place`,
    { path: "^(app|components|lib)/", pathNot: `${test}|${files}` },
    { path: `^node_modules/(@types/)?${module}/` },
  );

/** @param {string} name @param {string} module @param {string} gate */
const require = (name, module, gate) => ({
  name,
  comment: `a file here that does not ask ${gate} has forgotten its check`,
  severity: "error",
  module: { path: module, pathNot: test },
  to: { path: gate },
});

export default {
  forbidden: [
    forbid("no-cycles", "two files that need each other are one idea", {}, { circular: true }),
    forbid(
      "nothing-unused",
      "reachable from no page, route, action, hook of Next or command: delete it",
      { path: "^(app/|instrumentation\\.ts$|proxy\\.ts$|lib/gates/run-command\\.ts$)" },
      { path: "^(lib|components)/.*\\.tsx?$", pathNot: `${test}|^lib/gates/run-command\\.ts$`, reachable: false },
    ),
    forbid("lib-below-web", "imports go downwards", { path: "^lib/" }, { path: "^(app|components)/" }),
    forbid(
      "components-know-schemas",
      "data and actions arrive as props",
      { path: "^components/" },
      { path: "^(app|lib)/", pathNot: "^lib/[^/]+/schema\\.ts$|^lib/scope/action-result\\.ts$" },
    ),
    forbid(
      "ui-knows-no-area",
      "a control is the same everywhere",
      { path: "^components/ui/" },
      {
        path: "^(app|lib|components)/",
        pathNot: "^components/ui/|^lib/scope/action-result\\.ts$",
      },
    ),
    forbid(
      "pages-never-write",
      "a page reads; an action or a route writes",
      { path: "^app/.*/?(page|layout|error|not-found|forbidden)\\.tsx$" },
      { path: `^lib/(${areas}|${orchestrators}|audit|exchanges)/`, pathNot: `${reads}|^lib/exchanges/failures\\.ts$` },
    ),
    forbid(
      "app-has-no-database",
      "app sees verbs, reads and gates",
      { path: "^app/" },
      {
        path: "^prisma/|^lib/base/(prisma|db|touch|limit|lock|queue)\\.ts$|^lib/connections/jackson|^node_modules/(pg|@prisma|next-auth|@boxyhq)/",
      },
    ),
    forbid(
      "one-write-door",
      "a write goes through audit/write.ts, which makes its event in the same transaction",
      {
        path: "^(app|components|lib)/",
        pathNot: [
          test,
          "^lib/audit/(write|seal-events)\\.ts$",
          "^lib/exchanges/(record-exchange|open-pending|answer-pending|redeem-pending)\\.ts$",
          "^lib/connections/(jackson-store|ensure-sp-key)\\.ts$",
          "^lib/jobs/(prune-records|unlock-workers)\\.ts$",
          "^lib/base/(db|touch|limit|lock|queue)\\.ts$",
        ],
      },
      { path: "^lib/base/prisma\\.ts$" },
    ),
    forbid(
      "prisma-client-in-one-file",
      "one pool, one client; Biome forbids the name PrismaClient elsewhere, since the generated file also has the types",
      { path: "^(app|components|lib)/", pathNot: `${test}|^lib/base/prisma\\.ts$` },
      { path: "^node_modules/@prisma/adapter-pg/" },
    ),
    forbid(
      "protocol-is-pure",
      "no settings, clock, network, database or randomness; the redirect binding deflates",
      { path: "^lib/protocol/([^/]+)/" },
      {
        pathNot:
          "^lib/protocol/$1/|^node_modules/(zod|xml-crypto|xml-encryption|@xmldom/xmldom)/|^(node:)?(crypto|zlib)$",
      },
    ),
    forbid(
      "protocol-is-pure: xml is SAML's",
      "SCIM is JSON",
      { path: "^lib/protocol/scim/" },
      { path: "^node_modules/(xml-crypto|xml-encryption|@xmldom)/|^(node:)?zlib$" },
    ),
    forbid(
      "ground-is-ground",
      "base and scope stand on nothing of ours",
      { path: "^lib/(base|scope)/" },
      {
        path: "^(app|components|lib)/",
        pathNot: "^lib/$1/",
      },
    ),
    forbid(
      "ledgers-below-areas",
      "what changed and what was said know nobody who writes to them",
      { path: "^lib/(audit|exchanges)/" },
      { path: "^(app|components|lib)/", pathNot: "^lib/($1|base|scope)/|^lib/exchanges/record-exchange\\.ts$" },
    ),
    forbid(
      "areas-meet-at-reads-and-steps",
      "call another area's step inside your write, never its verb",
      { path: `^lib/(${areas})/` },
      { path: `^lib/(${areas}|${orchestrators})/`, pathNot: `^lib/$1/|${readsAndSteps}` },
    ),
    forbid(
      "areas-never-see-the-request",
      "cookies, headers and tokens end in the gates",
      { path: `^lib/(${areas}|${orchestrators}|audit|exchanges|base|scope|protocol)/` },
      { path: "^lib/gates/|^node_modules/(next|next-auth)/" },
    ),
    forbid(
      "only-gates-mint",
      "a scope is made where the caller was proven",
      { path: "^(app|components|lib)/", pathNot: `${test}|^lib/gates/` },
      {
        path: "^lib/scope/mint-scope\\.ts$",
      },
    ),
    forbid(
      "resolve-from-gates",
      "a look-up without a scope is the edge's alone",
      { path: "^(app|components|lib)/", pathNot: `${test}|^lib/(gates|sign-in|jobs|apply)/` },
      { path: "/resolve-[^/]+\\.ts$" },
    ),
    forbid(
      "e2e-is-a-stranger",
      "they see what Okta, a browser and an operator see",
      { path: "^(e2e|bench|bin)/", pathNot: [] },
      {
        path: "^(app|components|lib)/",
      },
    ),
    forbid("nobody-imports-tests", "a test is the end of a path", {}, { path: test }),
    oneFile("@boxyhq/saml-jackson", "^lib/connections/jackson\\.ts$"),
    oneFile("@boxyhq/saml20", "^lib/connections/jackson\\.ts$"),
    oneFile("next-auth", "^lib/gates/(next-auth|session-adapter)\\.ts$"),
    oneFile("graphile-worker", "^lib/(base/queue|gates/start-worker)\\.ts$"),
    oneFile("undici", "^lib/base/fetch-public-url\\.ts$"),
    oneFile("nodemailer", "^lib/base/mail\\.ts$"),
    oneFile("@node-rs/argon2", "^lib/base/password\\.ts$"),
    oneFile("pino", "^lib/base/log\\.ts$"),
    oneFile("prom-client", "^lib/base/metrics\\.ts$"),
    oneFile("rate-limiter-flexible", "^lib/base/limit\\.ts$"),
  ],
  required: [
    require("console-pages-ask-their-gate", "^app/\\(console\\)/.*(page|layout)\\.tsx$", "^lib/gates/page-scope\\.ts$"),
    require("actions-ask-their-gate", "^app/\\(console\\)/.*actions\\.ts$", "^lib/gates/org-action\\.ts$"),
    require("public-forms-ask-their-gate", "^app/\\(public\\)/.*continue/route\\.ts$", "^lib/gates/public-form\\.ts$"),
    require("scim-routes-ask-their-gate", "^app/(api/)?scim/.*route\\.ts$", "^lib/gates/scim-[^/]+\\.ts$"),
    require("saml-routes-ask-their-gate", "^app/api/saml/.*route\\.ts$", "^lib/gates/saml-route\\.ts$"),
    require("api-routes-ask-their-gate", "^app/api/v1/.*route\\.ts$", "^lib/gates/api-route\\.ts$"),
    require("exports-ask-their-gate", "^app/export/.*route\\.ts$", "^lib/gates/export-route\\.ts$"),
  ],
  options: {
    doNotFollow: { path: "node_modules|^prisma/client/" },
    exclude: { path: "(^|/)\\.next/|^dist/|^(e2e/foreign-idps|bench/peers)/node_modules/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
