/** A URL as it may be printed: an endpoint's may hold a password. */
export function withoutUserInfo(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//(hidden)@');
}
