# shellcheck shell=bash
# Steps with the time that each takes. Source it; needs $log (a path for what the step says).
: "${log:?where the output of a step goes}"

say() { printf '%5s s  %s\n' "$1" "$2"; }

timed() { # what, command...
  local what=$1 started=$SECONDS
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -60 "$log"
    say $((SECONDS - started)) "$what FAILED (all of it: $log)"
    exit 1
  fi
  say $((SECONDS - started)) "$what"
}
