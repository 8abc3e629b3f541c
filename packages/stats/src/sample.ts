/** Numbers in any array: `number[]`, `Float64Array`, a column. Functions here read it and keep no reference to it. */
export type Sample = ArrayLike<number>;
