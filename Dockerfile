# One file for every service: docker build --build-arg SERVICE=cart --tag slipway/cart .
# docker run … starts it (ROLE=all|api|worker); docker run … migrate up|down|status looks after its database.

FROM node:24.21.0-bookworm-slim AS node

# what npm and Prisma need to know, apart from the sources, so that a change of code does not install again
FROM node AS manifests
COPY . /repository
WORKDIR /repository
RUN mkdir /manifests \
 && find . -name package.json -o -name schema.prisma -o -path './tools/setup/*' > /tmp/manifests \
 && tar -cf - -T /tmp/manifests package-lock.json .npmrc | tar -xf - -C /manifests

FROM node AS built
WORKDIR /slipway
COPY --from=manifests /manifests ./
RUN --mount=type=cache,target=/root/.npm npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error
RUN node tools/setup/run.mjs
COPY . .

FROM built AS collected
ARG SERVICE
RUN node deploy/docker/collect.ts "$SERVICE" /collected

# without what only a debugger of Node itself reads: 18 MB less
FROM node AS program
# hadolint ignore=DL3008 -- nothing of it gets into an image
RUN apt-get update && apt-get install --yes --no-install-recommends binutils \
 && strip --strip-unneeded -o /node /usr/local/bin/node

FROM debian:12.12-slim AS runtime
# hadolint ignore=DL3008 -- Debian keeps only the newest version of a package: a pinned one cannot be built tomorrow
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates tini \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt /var/cache/debconf /var/log/* \
 && groupadd --system --gid 10001 slipway \
 && useradd --system --uid 10001 --gid slipway --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin slipway \
 # a volume begins with the owner of the folder that it covers
 && install --directory --owner=10001 --group=10001 /objects
COPY --from=program /node /usr/local/bin/node
WORKDIR /app

FROM runtime
ARG SERVICE
ARG VERSION=0.0.0-dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="slipway/$SERVICE" \
      org.opencontainers.image.description="The $SERVICE service of Slipway" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=collected /collected ./
ENV SERVICE=$SERVICE COMMIT=$REVISION HOST=0.0.0.0 PORT=3000 METRICS_PORT=9464 NODE_OPTIONS=--max-semi-space-size=4
# a number, for Kubernetes to see that it is not root; with a group behind it `docker compose watch` cannot copy files in
USER 10001
EXPOSE 3000 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s --retries=3 CMD ["bash", "health.sh"]
ENTRYPOINT ["tini", "--", "node", "main.ts"]
