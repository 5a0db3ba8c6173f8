import { isJsonObject, type Json } from '../json.ts';

/** ResultPath: a copy of target in which the place that path names holds value; missing objects are made. In the making. */
export function writePath(target: Json, path: string, value: Json): Json {
  const names = path.split('.').slice(1);
  const write = (at: Json, depth: number): Json => {
    const name = names[depth];
    if (name === undefined) return value;
    const object = isJsonObject(at) ? at : {};
    return { ...object, [name]: write(object[name] ?? {}, depth + 1) };
  };
  return write(target, 0);
}
