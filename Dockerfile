# syntax=docker/dockerfile:1

# Antena in a container: one static binary, no shell, no root.
#
#   docker build --build-arg VERSION=$(git describe --tags --always) -t antena .
#   docker run -p 8080:8080 -v antena:/data --env-file .env antena

FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
ARG VERSION=dev
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=${VERSION}" \
    -o /out/antena ./cmd/antena
# A new volume takes the owner and mode of this folder, so that the user below can write to it.
RUN mkdir /out/data && chmod 0750 /out/data

FROM gcr.io/distroless/static-debian12:nonroot
LABEL org.opencontainers.image.title="Antena" \
      org.opencontainers.image.description="The support desk behind an internet provider's WhatsApp number" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /src/LICENSE /LICENSE
COPY --from=build /out/antena /antena
COPY --from=build --chown=65532:65532 /out/data /data
ENV DATA_DIR=/data LISTEN_ADDR=:8080 ANTENA_LOG_FORMAT=json
VOLUME /data
EXPOSE 8080
USER 65532:65532
# There is no shell and no curl in here, so the binary asks its own /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["/antena", "health"]
# Antena stops within 10 seconds of SIGTERM, which is what docker stop allows.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/antena"]
CMD ["serve"]
