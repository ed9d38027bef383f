// Matrices that are mostly 0, and their products. Four fifths of MNIST's pixels are 0, and so is half of what comes out
// of a ReLU: only the other numbers are kept, and only they are multiplied. This is where the time of training goes, so
// the products take four entries of a row at a time; where fewer are left, the last one stands in, and counts 0 times.

/** A matrix that keeps, row by row, the numbers that are not 0, and the columns in which they stand. */
class Rows {
  /** Row r has the entries from starts[r] up to starts[r + 1]. */
  constructor(width, starts, columns, values) {
    Object.assign(this, { width, starts, columns, values, length: starts.length - 1 });
  }

  /** Read rows of a width from an array that holds one after the other; a factor normalizes them. */
  static from(numbers, width, factor = 1) {
    const starts = new Uint32Array(numbers.length / width + 1);
    const columns = new Uint16Array(numbers.length);
    const values = new Float32Array(numbers.length);
    let count = 0;
    for (let row = 0, i = 0; row + 1 < starts.length; row++) {
      for (let column = 0; column < width; column++, i++) {
        if (numbers[i] === 0) continue;
        columns[count] = column;
        values[count++] = numbers[i] * factor;
      }
      starts[row + 1] = count;
    }
    return new Rows(width, starts, columns.slice(0, count), values.slice(0, count));
  }

  /** Return the rows from one number up to another, without a copy of their entries. */
  slice(from, to) {
    return new Rows(this.width, this.starts.subarray(from, to + 1), this.columns, this.values);
  }

  /** Return some of the rows, in the order of their numbers. */
  pick(numbers) {
    const starts = new Uint32Array(numbers.length + 1);
    numbers.forEach((row, i) => (starts[i + 1] = starts[i] + this.starts[row + 1] - this.starts[row]));
    const columns = new Uint16Array(starts[numbers.length]);
    const values = new Float32Array(starts[numbers.length]);
    numbers.forEach((row, i) => {
      columns.set(this.columns.subarray(this.starts[row], this.starts[row + 1]), starts[i]);
      values.set(this.values.subarray(this.starts[row], this.starts[row + 1]), starts[i]);
    });
    return new Rows(this.width, starts, columns, values);
  }

  /** Return the rows with every entry in the column that `move(row, column)` says; -1 drops it. */
  moved(move) {
    const [starts, columns, values] = [this.starts.slice(), this.columns.slice(), this.values.slice()];
    let count = 0;
    for (let row = 0; row < this.length; row++) {
      for (let k = this.starts[row]; k < this.starts[row + 1]; k++) {
        const column = move(row, this.columns[k]);
        if (column < 0) continue;
        columns[count] = column;
        values[count++] = this.values[k];
      }
      starts[row + 1] = count;
    }
    return new Rows(this.width, starts, columns, values);
  }

  /** Add this @ matrix to `sums`; both have so many columns. */
  times(matrix, width, sums) {
    const { starts, columns, values } = this;
    for (let row = 0; row < this.length; row++) {
      const [last, to] = [starts[row + 1] - 1, row * width];
      for (let k = starts[row]; k <= last; k += 4) {
        const k1 = Math.min(k + 1, last);
        const k2 = Math.min(k + 2, last);
        const k3 = Math.min(k + 3, last);
        const v0 = values[k];
        const v1 = k1 > k ? values[k1] : 0;
        const v2 = k2 > k1 ? values[k2] : 0;
        const v3 = k3 > k2 ? values[k3] : 0;
        const a = columns[k] * width;
        const b = columns[k1] * width;
        const c = columns[k2] * width;
        const d = columns[k3] * width;
        for (let j = 0; j < width; j++)
          sums[to + j] += v0 * matrix[a + j] + v1 * matrix[b + j] + v2 * matrix[c + j] + v3 * matrix[d + j];
      }
    }
  }

  /** Add this.T @ other to `sums`; other is of class `Rows` too, with as many rows. */
  transposedTimes(other, sums) {
    const { starts, columns, values } = this;
    const { width, columns: places, values: factors } = other;
    for (let row = 0; row < this.length; row++) {
      const [last, from, end] = [starts[row + 1] - 1, other.starts[row], other.starts[row + 1]];
      for (let k = starts[row]; k <= last; k += 4) {
        const k1 = Math.min(k + 1, last);
        const k2 = Math.min(k + 2, last);
        const k3 = Math.min(k + 3, last);
        const v0 = values[k];
        const v1 = k1 > k ? values[k1] : 0;
        const v2 = k2 > k1 ? values[k2] : 0;
        const v3 = k3 > k2 ? values[k3] : 0;
        const a = columns[k] * width;
        const b = columns[k1] * width;
        const c = columns[k2] * width;
        const d = columns[k3] * width;
        for (let l = from; l < end; l++) {
          const place = places[l];
          const factor = factors[l];
          sums[a + place] += v0 * factor;
          sums[b + place] += v1 * factor;
          sums[c + place] += v2 * factor;
          sums[d + place] += v3 * factor;
        }
      }
    }
  }

  /** Return factor · other @ matrix.T, but only where this has entries. */
  gate(other, matrix, factor) {
    const { starts, columns } = this;
    const { width, columns: places, values: factors } = other;
    const values = new Float32Array(columns.length);
    for (let row = 0; row < this.length; row++) {
      const [last, from, end] = [starts[row + 1] - 1, other.starts[row], other.starts[row + 1]];
      for (let k = starts[row]; k <= last; k += 4) {
        const k1 = Math.min(k + 1, last);
        const k2 = Math.min(k + 2, last);
        const k3 = Math.min(k + 3, last);
        const a = columns[k] * width;
        const b = columns[k1] * width;
        const c = columns[k2] * width;
        const d = columns[k3] * width;
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let l = from; l < end; l++) {
          const place = places[l];
          const value = factors[l];
          s0 += value * matrix[a + place];
          s1 += value * matrix[b + place];
          s2 += value * matrix[c + place];
          s3 += value * matrix[d + place];
        }
        values[k] = factor * s0;
        values[k1] = factor * s1;
        values[k2] = factor * s2;
        values[k3] = factor * s3;
      }
    }
    return new Rows(this.width, starts, columns, values);
  }
}
