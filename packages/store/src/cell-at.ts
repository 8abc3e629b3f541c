/** One cell of a column. @throws if the column is shorter, which readers have checked */
export function cellAt<Value>(column: ArrayLike<Value>, row: number): Value {
  const value = column[row];
  if (value === undefined) {
    throw new Error(`Cannot read cell: row must be below ${column.length}: current value is ${row}`);
  }
  return value;
}
