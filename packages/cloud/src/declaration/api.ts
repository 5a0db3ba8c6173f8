import type { Json } from '@skyground/asl';

/** Method and path as API Gateway writes them: `POST /experiment`, `GET /images/{id}`. */
export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'ANY'} /${string}`;

export interface RouteDeclaration<F extends string = string> {
  readonly function: F;
  /** What the printed commands send. */
  readonly exampleBody?: Json;
}

export interface CorsDeclaration {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
}

/** An HTTP API: payload format 2.0, stage `$default`, every change live at once. */
export interface HttpApiDeclaration<F extends string = string> {
  readonly routes: Readonly<Record<RouteKey, RouteDeclaration<F>>>;
  readonly cors?: CorsDeclaration;
  /** Left out: as the account allows. */
  readonly throttling?: { readonly ratePerS: number; readonly burst: number };
}

/** A regional REST API whose methods are Lambda proxies. */
export interface RestApiDeclaration<F extends string = string> {
  readonly stage: string;
  readonly routes: Readonly<Record<RouteKey, RouteDeclaration<F>>>;
}
