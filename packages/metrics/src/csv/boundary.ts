const quote = 0x22;
const lineFeed = 0x0a;

/**
 * Finds where whole CSV records end in a stream of bytes: at a line feed outside quotes (a doubled quote inside a
 * quoted cell toggles twice and so changes nothing). Bytes, not characters: in UTF-8 neither can be part of another.
 */
export class RecordBoundary {
  /** Offset in the stream just after the last whole record. */
  endOfLastRecord = 0;
  /** Line ends since then, that is, inside a quoted cell that is still open. */
  lineEndsInOpenCell = 0;
  /** Line feeds before endOfLastRecord. */
  linesInWholeRecords = 0;
  #offset = 0;
  #insideQuotes = false;

  /** Bytes seen after the last whole record: not zero at the end of a file means that its last line is torn. */
  get tailBytes(): number {
    return this.#offset - this.endOfLastRecord;
  }

  read(chunk: Uint8Array): void {
    for (const byte of chunk) {
      this.#offset += 1;
      if (byte === quote) this.#insideQuotes = !this.#insideQuotes;
      else if (byte === lineFeed && this.#insideQuotes) this.lineEndsInOpenCell += 1;
      else if (byte === lineFeed) {
        this.endOfLastRecord = this.#offset;
        this.linesInWholeRecords += 1 + this.lineEndsInOpenCell;
        this.lineEndsInOpenCell = 0;
      }
    }
  }
}
