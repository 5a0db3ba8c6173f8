import { LoadError } from '../errors.ts';
import { allColumns, defaultColumns, requiredColumns } from './columns.ts';

export interface JtlHeader {
  readonly columns: readonly string[];
  readonly delimiter: string;
  /** The rows below the header. */
  readonly body: string;
  /** Lines above the first row, for messages. */
  readonly rowsBefore: 0 | 1;
}

const byteOrderMark = '\uFEFF';
const variableName = /^"[^"]*"$/;

/** Finds columns and delimiter of a JTL as JMeter does: a first line that is no header means the default columns. */
export function readJtlHeader(text: string, file: string): JtlHeader {
  const content = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  if (content.trimStart().startsWith('<')) {
    throw new LoadError(
      `${file}: this JTL is XML, expected CSV. Run JMeter with -Jjmeter.save.saveservice.output_format=csv.`,
    );
  }
  const lineEnd = content.indexOf('\n');
  const firstLine = (lineEnd === -1 ? content : content.slice(0, lineEnd)).replace(/\r$/, '');
  const delimiter = [',', ';', '\t'].find((candidate) => firstLine.includes(candidate)) ?? ',';
  const names = firstLine.split(delimiter);
  if (/^\d+$/.test(names[0] ?? '') && names.length === defaultColumns.length) {
    return { columns: defaultColumns, delimiter, body: content, rowsBefore: 0 };
  }
  const own = names.findIndex((name) => variableName.test(name));
  const known = own === -1 ? names : names.slice(0, own);
  const variables = own === -1 ? [] : names.slice(own);
  const inOrder = allColumns.filter((column) => known.includes(column));
  const missing = requiredColumns.filter((column) => !known.includes(column));
  const wellFormed = inOrder.join() === known.join() && variables.every((name) => variableName.test(name));
  if (!wellFormed || missing.length > 0) {
    const lack = missing.length > 0 ? ` It lacks ${missing.join(', ')}.` : '';
    throw new LoadError(
      `${file}: the first line is not a header that JMeter reads, expected its columns in its own order, unquoted, then names of variables in quotes; got '${firstLine.slice(0, 200)}'.${lack} Columns of a file can be chosen in user.properties (jmeter.save.saveservice.*); JMeter 2 saves another set without header.`,
    );
  }
  if (content !== text && known.join() !== defaultColumns.join()) {
    throw new LoadError(
      `${file}: it begins with a byte order mark, which JMeter reads only before its default columns. Save it as UTF-8 without BOM.`,
    );
  }
  const columns = [...known, ...variables.map((name) => `variable ${name}`)];
  return { columns, delimiter, body: lineEnd === -1 ? '' : content.slice(lineEnd + 1), rowsBefore: 1 };
}
