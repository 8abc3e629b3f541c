/** Marks up text for a terminal: every function returns its argument, perhaps between escape sequences. */
export interface Paint {
  readonly bold: Colouring;
  readonly dim: Colouring;
  readonly red: Colouring;
  readonly green: Colouring;
  readonly yellow: Colouring;
  readonly cyan: Colouring;
}

export type Colouring = (text: string) => string;

/** Leaves text as it is: for files, pipes and `NO_COLOR`. */
export const plainPaint: Paint = {
  bold: (text) => text,
  dim: (text) => text,
  red: (text) => text,
  green: (text) => text,
  yellow: (text) => text,
  cyan: (text) => text,
};
