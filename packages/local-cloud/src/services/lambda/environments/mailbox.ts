/** What happens to an environment arrives from a process, a socket, a timer and a watcher; its owner reads it in order. */
export class Mailbox<Message> {
  readonly #messages: Message[] = [];
  #reader: ((message: Message) => void) | undefined;

  post(message: Message): void {
    const reader = this.#reader;
    if (reader === undefined) {
      this.#messages.push(message);
      return;
    }
    this.#reader = undefined;
    reader(message);
  }

  /** The next message; one reader at a time. */
  take(): Promise<Message> {
    const message = this.#messages.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }
}
