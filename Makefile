# Every target first makes sure of what the build needs (cmake, a C++ compiler, pkg-config, ALSA's headers).
CARGO ?= cargo
DIR ?=
# Features of the program beside those it always has: make test FEATURES=age
FEATURES ?=

CLIPS ?=

.PHONY: help demo run test check bench bench-ears score train install deps deny advisories

help: ## What can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 12

demo: deps ## The board on the bundled show: three recorded talks, recognised as they play
	@$(CARGO) run --locked -- demo $(DIR)

run: deps ## The board of a show: make run DIR=my-show
	@$(CARGO) run --locked -- $(DIR)

test: deps ## All tests
	$(CARGO) test --features "$(FEATURES)"

check: deps ## Format, lints, documentation, licences
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets --locked --features "$(FEATURES)" -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --locked --features "$(FEATURES)"
	@$(MAKE) --no-print-directory deny

deny: # Licences, duplicates and sources of the dependencies, where cargo-deny is installed
	@if $(CARGO) deny --version >/dev/null 2>&1; then \
		$(CARGO) deny --locked check --config .ci/deny.toml licenses bans sources; \
	else \
		echo "cargo-deny is not installed; licences were not checked"; \
	fi

advisories: # Known holes in the dependencies; needs a network
	$(CARGO) deny check --config .ci/deny.toml advisories

bench: deps ## How fast it is
	$(CARGO) bench --locked

bench-ears: deps ## What the ears cost and how well they hear: real recordings in real time (CLIPS=FOLDER: test clips)
	@sh .ci/deps pulseaudio
	@$(CARGO) build --locked
	@CLIPS="$(CLIPS)" $(CARGO) bench --profile dev --locked --bench ears -- table noise names shapes

score: deps ## How well talks, names and badges are understood
	$(CARGO) test --test it -- --nocapture qualify:: accounts:: badge::
	@$(CARGO) build --locked
	@sh .ci/score target/debug/boothside

train: deps ## The weights of `qualify`, anew from tests/data/dialogues/train, with the scores of left-out files
	@$(CARGO) run --locked -- train tests/data/dialogues/train --to assets/qualify/weights.bin
	@$(CARGO) run --locked -- train tests/data/dialogues/train --cuts assets/qualify/cuts.bin

install: deps ## The boothside command, for you
	$(CARGO) install --locked --path .

deps: # What the build needs
	@sh .ci/deps
