/**
 * Remembers what make gave for the last `limit` texts that were used: paths, calls and expressions of a definition are parsed once,
 * and a definition that is made anew for every execution fills no memory. What throws is not remembered.
 */
export function boundedCache<Value>(limit: number, make: (text: string) => Value): (text: string) => Value {
  const values = new Map<string, { readonly value: Value }>();
  return (text) => {
    const known = values.get(text);
    if (known !== undefined) return known.value;
    const value = make(text);
    if (values.size >= limit) {
      const oldest = values.keys().next();
      if (!oldest.done) values.delete(oldest.value);
    }
    values.set(text, { value });
    return value;
  };
}
