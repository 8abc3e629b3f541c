/**
 * Returns the width of visible text [columns]: 2 for a wide East Asian character or an emoji, 0 for a combining mark,
 * else 1 (Unicode Standard Annex 11; characters of ambiguous width count as narrow).
 */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += widthOf(character);
  return width;
}

const NARROW = /^[\x20-\x7e]*$/;
const NON_SPACING = /[\p{Mn}\p{Me}]/u;
const REGIONAL_INDICATOR = /\p{Regional_Indicator}/u;
const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;

function widthOf(character: string): number {
  if (NON_SPACING.test(character)) return 0;
  // Two of them make one flag, which is two columns wide.
  if (REGIONAL_INDICATOR.test(character)) return 1;
  return WIDE.test(character) ? 2 : 1;
}
