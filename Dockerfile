FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:20.20.2-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
# The whole tree, with the links below .next/node_modules: the build names packages through them.
COPY --from=build /app/.next/standalone ./
COPY LICENSE NOTICE ./
COPY --from=build /app/node_modules/geist/LICENSE.txt ./licenses/geist.txt
# Nothing in the image is written to; no account of that number owns anything.
USER 1001:1001
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-old-space-size=256", "bin/gatehouse.mjs", "start"]
