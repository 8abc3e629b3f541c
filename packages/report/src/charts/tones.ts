/**
 * Colours of what a whole is divided into, the same in light, dark and print: neighbours differ in lightness as well as in hue, pieces have
 * an outline, and names stand beside. Text on a tone is white or black, whichever has a contrast of 4.5 at least.
 */
export interface Tone {
  readonly fill: string;
  readonly on: "white" | "black";
}

export const TONES: readonly Tone[] = [
  { fill: "#8a95a1", on: "black" },
  { fill: "#0b5cad", on: "white" },
  { fill: "#6fb1ec", on: "black" },
  { fill: "#6a4fc4", on: "white" },
  { fill: "#e8830c", on: "black" },
  { fill: "#f2c037", on: "black" },
  { fill: "#a3470a", on: "white" },
  { fill: "#e6c39c", on: "black" },
  { fill: "#b92f68", on: "white" },
  { fill: "#775730", on: "white" },
  { fill: "#bfaef0", on: "black" },
  { fill: "#ab2418", on: "white" },
  { fill: "#f1968a", on: "black" },
  { fill: "#4fb39b", on: "black" },
];

/** The rules of the charts' style sheet for the tones. */
export const TONE_STYLE: string = TONES.map(({ fill }, index) => `.chart .tone-${index}{fill:${fill}}`).join("");

/** The classes of a piece and of the text on it; tones come again where there are not enough. */
export function toneClasses(tone: number): { readonly fill: string; readonly on: string } {
  const index = tone % TONES.length;
  return { fill: `tone-${index}`, on: `on-${TONES[index]!.on}` };
}
