#!/bin/sh
# Tonight's sweep, compared with the last night that was good: results, a report, an exit code.
#   scripts/nightly.sh SWEEP [options of loadstar sweep]
#   scripts/nightly.sh sweeps/outage-headroom.yaml --threads 8
#
#   NIGHTLY_DIR       where the nights are kept            [results/nightly]
#   NIGHTLY_KEEP      how many; the last good one besides  [14]
#   NIGHTLY_DEADLINE  start no more runs after so long     [6h]
#   NIGHTLY_METRICS   what is compared, chosen beforehand  [latency_s_p95 latency_s_p99 error_ratio throughput_per_s]
#   LOADSTAR          the program                          [that of this repository]
#
# Ends as loadstar sweep does, and with 10 as well if anything is proven worse than in the last good night; only a night that ends with 0 is good.
# A night that was interrupted is gone on with. To accept a change: echo <name of the night> > results/nightly/last-good
set -eu

if [ $# -eq 0 ]; then
  sed -n '2,/^set -eu/{/^#/s/^# \{0,1\}//p;}' "$0" >&2
  exit 2
fi
sweep=$1
shift

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
loadstar=${LOADSTAR:-$root/packages/cli/bin/loadstar.js}
nights=${NIGHTLY_DIR:-$root/results/nightly}
keep=${NIGHTLY_KEEP:-14}
metrics=${NIGHTLY_METRICS:-latency_s_p95 latency_s_p99 error_ratio throughput_per_s}
case $keep in
  '' | *[!0-9]* | 0*) echo "NIGHTLY_KEEP must be a whole number >= 1: current value is $keep" >&2; exit 2 ;;
esac

# Names of nights, the oldest first: nothing else in the directory is touched.
list_nights() {
  for path in "$nights"/[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z; do
    if [ -d "$path" ]; then basename "$path"; fi
  done
}

remove_old() {
  count=$(list_nights | wc -l)
  for old in $(list_nights); do
    if [ "$count" -le "$keep" ]; then break; fi
    count=$((count - 1))
    if [ "$old" != "$good" ]; then rm -rf "${nights:?}/$old" "$nights/$old-report.html"; fi
  done
}

mkdir -p "$nights"
good=
if [ -f "$nights/last-good" ]; then read -r good < "$nights/last-good" || true; fi

new_night() {
  night=$(date -u +%Y-%m-%dT%H%M%SZ)
  while [ -e "$nights/$night" ]; do
    sleep 1
    night=$(date -u +%Y-%m-%dT%H%M%SZ)
  done
}

run_night() {
  code=0
  "$loadstar" sweep "$sweep" --out "$nights/$night" --resume --deadline "${NIGHTLY_DEADLINE:-6h}" "$@" || code=$?
}

night=$(list_nights | tail -n 1)
if [ -n "$night" ] && [ ! -f "$nights/$night/manifest.json" ]; then
  echo "nightly: going on with $night" >&2
  run_night "$@"
  if [ "$code" -eq 2 ]; then # it may be of another sweep
    echo "nightly: beginning anew" >&2
    new_night
    run_night "$@"
  fi
else
  new_night
  run_night "$@"
fi
case $code in
  0 | 10 | 11 | 12) ;;
  *) exit "$code" ;; # no results: wrong input, a defect, nondeterminism, an interruption
esac

set --
if [ -n "$good" ] && [ -f "$nights/$good/manifest.json" ]; then
  set -f
  for metric in $metrics; do set -- "$@" --metric "$metric"; done
  set +f
  echo "nightly: compared with $good" >&2
  compared=0
  "$loadstar" compare "$nights/$good" "$nights/$night" "$@" || compared=$?
  case $compared in
    0 | 11) ;;
    *) if [ "$code" -eq 0 ] || [ "$code" -eq 11 ]; then code=$compared; fi ;;
  esac
  set -- --baseline "$nights/$good"
fi

"$loadstar" report "$nights/$night" "$@" --out "$nights/$night-report.html"
if [ -n "${GITHUB_STEP_SUMMARY:-}" ]; then
  "$loadstar" report "$nights/$night" "$@" --format md --out - >> "$GITHUB_STEP_SUMMARY"
fi

if [ "$code" -eq 0 ]; then
  good=$night
  echo "$night" > "$nights/last-good"
fi
remove_old
exit "$code"
