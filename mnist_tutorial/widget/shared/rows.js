// Matrices that are mostly 0, and their products. Four fifths of MNIST's pixels are 0, and behind a ReLU half the
// outputs: only the others are kept, and only they are multiplied.

/** A matrix that keeps, row by row, the numbers that are not 0, and the columns in which they stand. */
class Rows {
  /** Row r has the entries from starts[r] up to starts[r + 1]. */
  constructor(width, starts, columns, values) {
    Object.assign(this, { width, starts, columns, values, length: starts.length - 1 });
  }

  /** Read rows of a width from an array that holds one after the other; a factor normalizes them. */
  static from(numbers, width, factor = 1) {
    return Rows.keep(numbers, width, (value) => value * factor);
  }

  /** Make rows of what `keep` makes of each number of an array. */
  static keep(numbers, width, keep) {
    const starts = new Uint32Array(numbers.length / width + 1);
    const columns = new Uint16Array(numbers.length);
    const values = new Float32Array(numbers.length);
    let count = 0;
    for (let row = 0, i = 0; row + 1 < starts.length; row++) {
      for (let column = 0; column < width; column++, i++) {
        const value = keep(numbers[i]);
        if (value === 0) continue;
        columns[count] = column;
        values[count++] = value;
      }
      starts[row + 1] = count;
    }
    return new Rows(width, starts, columns.slice(0, count), values.slice(0, count));
  }

  /** Return the rows of these numbers, in their order; `move(column)` may give a new column, or -1 for none. */
  pick(numbers, mover = () => null) {
    const starts = new Uint32Array(numbers.length + 1);
    numbers.forEach((row, i) => (starts[i + 1] = starts[i] + this.starts[row + 1] - this.starts[row]));
    const columns = new Uint16Array(starts[numbers.length]);
    const values = new Float32Array(starts[numbers.length]);
    let count = 0;
    numbers.forEach((row, i) => {
      const move = mover();
      for (let k = this.starts[row]; k < this.starts[row + 1]; k++) {
        const column = move ? move(this.columns[k]) : this.columns[k];
        if (column < 0) continue;
        columns[count] = column;
        values[count++] = this.values[k];
      }
      starts[i + 1] = count;
    });
    return new Rows(this.width, starts, columns, values);
  }

  /** Return the matrix with its rows as columns. */
  transposed() {
    const starts = new Uint32Array(this.width + 1);
    const count = this.starts[this.length];
    for (let k = 0; k < count; k++) starts[this.columns[k] + 1]++;
    for (let column = 0; column < this.width; column++) starts[column + 1] += starts[column];
    const [next, columns, values] = [starts.slice(), new Uint16Array(count), new Float32Array(count)];
    for (let row = 0; row < this.length; row++)
      for (let k = this.starts[row]; k < this.starts[row + 1]; k++) {
        const at = next[this.columns[k]]++;
        columns[at] = row;
        values[at] = this.values[k];
      }
    return new Rows(this.length, starts, columns, values);
  }

  /** Add this @ matrix to `sums`; both have so many columns. Four entries at a time: it is where the time goes. */
  times(matrix, width, sums) {
    const { starts, columns, values } = this;
    for (let row = 0; row < this.length; row++) {
      const [end, to] = [starts[row + 1], row * width];
      for (let k = starts[row]; k < end; k += 4) {
        const last = end - 1;
        const [k1, k2, k3] = [Math.min(k + 1, last), Math.min(k + 2, last), Math.min(k + 3, last)];
        const v0 = values[k];
        const v1 = k + 1 < end ? values[k1] : 0;
        const v2 = k + 2 < end ? values[k2] : 0;
        const v3 = k + 3 < end ? values[k3] : 0;
        const [a, b, c, d] = [columns[k] * width, columns[k1] * width, columns[k2] * width, columns[k3] * width];
        for (let j = 0; j < width; j++)
          sums[to + j] += v0 * matrix[a + j] + v1 * matrix[b + j] + v2 * matrix[c + j] + v3 * matrix[d + j];
      }
    }
    return sums;
  }

  /** Return factor * matrix @ other.T, but 0 where this has no entry; both have so many columns. */
  gate(matrix, other, width, factor = 1) {
    const { starts, columns } = this;
    const result = new Float32Array(this.length * this.width);
    for (let row = 0; row < this.length; row++)
      for (let k = starts[row]; k < starts[row + 1]; k++) {
        const [from, to] = [row * width, columns[k] * width];
        let sum = 0;
        for (let j = 0; j < width; j++) sum += matrix[from + j] * other[to + j];
        result[row * this.width + columns[k]] = factor * sum;
      }
    return result;
  }
}
