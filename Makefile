# Every target is one or a few plain go commands, which work without make too.

GO      ?= go
# Builds do not ask git anything: a checkout owned by another user must build too.
GOFLAGS += -buildvcs=false
export GOFLAGS

VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
PACKAGES ?= ./...
FUZZTIME ?= 20s
SOURCES  := cmd internal migrations faq prompts

.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-pages lint fuzz build clean

help: ## Say what can be made
	@echo 'Antena. Targets:'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 16
	@echo 'Settings: PACKAGES=./internal/desk/...  REQUIRE=1 (skip nothing)  INSTALL=0 (install nothing)  FUZZTIME=20s'

demo: ## Start a demo provider: a phone and a console in your browser, nothing to set up
	$(GO) run ./cmd/antena demo $(ARGS)

test: ## Check form and types, then run every test with the race detector, on both databases
	@REQUIRE=$(REQUIRE) INSTALL=$(INSTALL) sh .ci/prepare
	@$(MAKE) --no-print-directory form
	$(GO) vet $(PACKAGES)
	$(require) $(GO) test $(race) -timeout 20m $(PACKAGES)
	$(if $(filter ./...,$(PACKAGES)),$(require) $(GO) test -timeout 20m -run '^($(names))$$' $(tables))

bench: ## Drive signed webhooks through the running binary and print what it bears
	$(GO) run ./internal/bench $(ARGS)

bench-pages: ## Fill a desk with 50,000 conversations and print how fast its pages and live updates are
	$(GO) run ./internal/bench -pages $(ARGS)

lint: ## Run the linters of .golangci.yml
	@$(MAKE) --no-print-directory form
	$(GO) vet $(PACKAGES)
	@command -v golangci-lint >/dev/null 2>&1 || { \
	  echo 'golangci-lint is not here; install it with'; \
	  echo '  go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0'; exit 1; }
	golangci-lint run $(PACKAGES)

fuzz: ## Fuzz every parser of outside bytes for FUZZTIME each
	@grep -rlE '^func Fuzz' --include='*_test.go' $(wildcard $(SOURCES)) | while read -r file; do \
	  for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' "$$file"); do \
	    echo "$(GO) test -run '^$$' -fuzz \"^$$name\$$\" -fuzztime $(FUZZTIME) ./$$(dirname "$$file")"; \
	    $(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "./$$(dirname "$$file")" </dev/null || exit 1; \
	  done; \
	done

build: ## Build the binary into bin/antena
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/antena ./cmd/antena

clean: ## Remove what builds and tests left behind
	rm -rf bin
	$(GO) clean -testcache

# The rest serves the targets above.

# With REQUIRE=1 a test that lacks its database or browser fails instead of being skipped.
require = $(if $(filter 1,$(REQUIRE)),ANTENA_TEST_REQUIRE_POSTGRES=1 ANTENA_TEST_REQUIRE_BROWSER=1)
# The race detector needs a C compiler; go env says whether go found one. Asked
# when the tests start, since the compiler may have been installed just before.
# Go's other checks that come with it, of arithmetic on pointers, find nothing in
# our code, which does none, and take a quarter of the time in SQLite's.
race = $$(test "$$($(GO) env CGO_ENABLED)" = 1 && echo -race -gcflags=all=-d=checkptr=0)

# Long tables of words and figures have nothing to race, and stories that drive the
# built program do not run it under the detector anyway; there they would take most
# of the suite's time. They run without it, in a second pass.
unraced = $(shell grep -rl --include='*_test.go' '^//go:build !race' cmd internal)
tables  = $(addprefix ./,$(sort $(patsubst %/,%,$(dir $(unraced)))))
names   = $(shell sed -n 's/^func \(Test[A-Za-z0-9_]*\).*/\1/p' $(unraced) | paste -s -d '|' -)

.PHONY: form
form:
	@unformatted=$$(gofmt -l $(wildcard $(SOURCES))); if [ -n "$$unformatted" ]; then \
	  echo 'not as gofmt writes it; run gofmt -w on:'; echo "$$unformatted"; exit 1; fi
