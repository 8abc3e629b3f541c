/** Why a replication was ended that took too long. */
export function wallTimeReason(timeout_s: number): string {
  return `${BEGINNING}${timeout_s} s`;
}

/** Whether a replication was ended because it took too long, which says more about that day's machine than about the system. */
export function isWallTimeReason(reason: string): boolean {
  return reason.startsWith(BEGINNING);
}

const BEGINNING = "wall time exceeded the budget of ";
