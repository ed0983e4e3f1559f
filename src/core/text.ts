/*
 * Comparing what standards compare without case. Only A-Z and a-z are folded: `toLowerCase` would make the Kelvin
 * sign a k and `toUpperCase` the long s an S.
 */

/** Whether two texts are the same but for the case of ASCII letters. */
export function sameText(a: string, b: string): boolean {
  if (a === b) return true;
  const length = a.length;
  if (length !== b.length) return false;
  for (let i = 0; i < length; i++) {
    if (lowerCode(a.charCodeAt(i)) !== lowerCode(b.charCodeAt(i))) return false;
  }
  return true;
}

/** The text with its ASCII letters in lower case and nothing else changed. */
export function asciiLower(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x41 && code <= 0x5a) {
      return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    }
  }
  return text;
}

function lowerCode(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 32 : code;
}
