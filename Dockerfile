# Writ 查控网关. To build where no public image can be had: --build-arg NODE_IMAGE=<your own copy of node:24-slim>
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json LICENSE ./
COPY .ci/lay-dist.mjs .ci/
COPY docs docs
COPY drizzle drizzle
COPY adapters adapters
COPY src src
RUN npm run build

# What runs, and nothing that only builds or tests; with a list of it for whoever must judge an advisory years later.
FROM ${NODE_IMAGE} AS packages
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund \
  && npm sbom --omit=dev --package-lock-only --sbom-format cyclonedx > sbom.cdx.json

FROM ${NODE_IMAGE}
# The gateway starts no package manager, so a thief should not find one either.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn-* \
  && install -d -o 1000 -g 1000 -m 0700 /data
WORKDIR /app
COPY --from=packages /build/node_modules node_modules
COPY --from=packages /build/sbom.cdx.json ./
COPY --from=build /build/dist ./

# HOST stays at its default, 127.0.0.1. To be reached from outside the container set HOST=0.0.0.0 together with a
# certificate (WRIT_TLS_CERT_FILE, WRIT_TLS_KEY_FILE) or, behind a proxy that speaks https, WRIT_BEHIND_PROXY=true and
# WRIT_PROXY_ADDRESSES: with neither, Writ refuses to start.
ENV NODE_ENV=production PORT=8080 DATA_DIR=/data
# Keys, checkpoint copies and (without DATABASE_URL) the embedded database. The rest of the file system may be read-only.
VOLUME /data
EXPOSE 8080
# By number, so that a cluster that demands a non-root user can see that it is one.
USER 1000:1000
STOPSIGNAL SIGTERM
# Asks over the loopback whether the process lives. It checks no certificate, since that one names the host outside.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["node", "--no-warnings", "-e", "const {env} = process; env.NODE_TLS_REJECT_UNAUTHORIZED = '0'; const scheme = env.WRIT_TLS_CERT || env.WRIT_TLS_CERT_FILE ? 'https' : 'http'; const host = !env.HOST || env.HOST === '0.0.0.0' || env.HOST === '::' ? '127.0.0.1' : env.HOST; fetch(scheme + '://' + host + ':' + (env.PORT || 8080) + '/livez', { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node is process 1 and takes SIGTERM itself: it drains, then leaves. A demo, which starts sandboxes, wants `--init`.
CMD ["node", "--enable-source-maps", "src/main.js"]
