# What can be done here. Each target sets up what it needs: on Debian as root
# with apt-get, otherwise it says what is missing. Go and Node are needed.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
# One set of compiled packages serves every target; scripts/test says where not.
export CGO_ENABLED := 0
# The binary stays under this, so that nothing large slips in unseen.
MOST_MB := 45

.PHONY: help
help: ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

.PHONY: demo
demo: build ## make a demo with invented people and serve it (HEED_ADDR, HEED_LMTP_ADDR, HEED_DATA)
	@exec bin/heed demo

.PHONY: test
test: ## run everything: what the build server runs, about a quarter of an hour
	@scripts/test

.PHONY: check
check: ## look at what a change reaches, in seconds: format, vet, lint, short tests
	@scripts/check

.PHONY: build
build: assets ## build bin/heed: static, stamped with its version
	@go build -trimpath -ldflags '-s -w -X main.version=$(VERSION)' -o bin/heed ./cmd/heed
	@bytes=$$(wc -c <bin/heed); mb=$$(( (bytes + 999999) / 1000000 )); \
	if [ $$mb -ge $(MOST_MB) ]; then echo "bin/heed has $$mb MB, and may have less than $(MOST_MB); find out what came in: go version -m bin/heed" >&2; exit 1; fi; \
	echo "bin/heed $(VERSION), $$mb MB"

.PHONY: assets
assets: ## build styles, scripts, icons and templates
	@kernel/web/assets/build.sh

.PHONY: bench
bench: assets ## measure, on both engines; see docs/benchmarks.md
	@export HEED_BENCH_PG=$$(scripts/postgres start durable) && go run ./bench
	@scripts/browser stopwatch

.PHONY: fuzz
fuzz: ## fuzz every parser of outside bytes for a while (FUZZTIME=30s each)
	@scripts/fuzz $(or $(FUZZTIME),30s)

.PHONY: clean
clean: ## throw away everything that was built, and the tests' database
	@scripts/postgres stop
	@rm -rf bin kernel/web/assets/node_modules e2e/browser/node_modules e2e/browser/out
	@find kernel/web/assets/dist -mindepth 1 ! -name .gitkeep -delete
