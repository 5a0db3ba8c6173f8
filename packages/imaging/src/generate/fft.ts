/**
 * Discrete Fourier transform of a square complex image in place (Cooley and Tukey, radix 2, unscaled).
 *
 * @param edge width and height, a power of two; `re` and `im` hold edge x edge values, row by row.
 */
export function transformSquare(re: Float64Array, im: Float64Array, edge: number): void {
  for (let row = 0; row < edge; row += 1) {
    transform(re.subarray(row * edge, (row + 1) * edge), im.subarray(row * edge, (row + 1) * edge));
  }
  const columnRe = new Float64Array(edge);
  const columnIm = new Float64Array(edge);
  for (let column = 0; column < edge; column += 1) {
    for (let row = 0; row < edge; row += 1) {
      columnRe[row] = re[row * edge + column] ?? 0;
      columnIm[row] = im[row * edge + column] ?? 0;
    }
    transform(columnRe, columnIm);
    for (let row = 0; row < edge; row += 1) {
      re[row * edge + column] = columnRe[row] ?? 0;
      im[row * edge + column] = columnIm[row] ?? 0;
    }
  }
}

function transform(re: Float64Array, im: Float64Array): void {
  reverseBits(re, im);
  for (let half = 1; half < re.length; half *= 2) {
    for (let k = 0; k < half; k += 1) {
      const wr = Math.cos((Math.PI * k) / half);
      const wi = Math.sin((Math.PI * k) / half);
      for (let i = k; i < re.length; i += 2 * half) {
        const j = i + half;
        const xr = re[j] ?? 0;
        const xi = im[j] ?? 0;
        const tr = xr * wr - xi * wi;
        const ti = xr * wi + xi * wr;
        const ar = re[i] ?? 0;
        const ai = im[i] ?? 0;
        re[j] = ar - tr;
        im[j] = ai - ti;
        re[i] = ar + tr;
        im[i] = ai + ti;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  for (let i = 1, j = 0; i < re.length; i += 1) {
    let bit = re.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const [r, q] = [re[i] ?? 0, im[i] ?? 0];
    re[i] = re[j] ?? 0;
    im[i] = im[j] ?? 0;
    re[j] = r;
    im[j] = q;
  }
}
