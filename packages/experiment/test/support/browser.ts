import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';

const executablePath = '/usr/bin/chromium';

export const whyNoBrowser = `${executablePath} is not installed: the report was not opened in a browser`;

export interface OpenedBrowser {
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Headless Chromium with a profile of its own; undefined where it is not installed. */
export async function openBrowser(): Promise<OpenedBrowser | undefined> {
  try {
    await access(executablePath);
  } catch {
    return undefined;
  }
  const userDataDir = await mkdtemp(join(tmpdir(), 'skyground-chromium-'));
  const browser = await puppeteer.launch({
    executablePath,
    userDataDir,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'],
    // The first start of a browser just installed, on two busy cores: the test's own time limit is the one that counts.
    timeout: 0,
    protocolTimeout: 0,
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      // Helper processes of the browser may write there a moment longer.
      await rm(userDataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
