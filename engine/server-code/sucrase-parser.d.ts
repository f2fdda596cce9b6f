// SPDX-License-Identifier: MIT
/** The parser within sucrase, as far as it is used here; the package declares its types elsewhere. */
declare module 'sucrase/dist/esm/parser/index.js' {
  export interface Token {
    type: number;
    start: number;
    end: number;
    /** Of a name: what it is there for. */
    identifierRole: number | null;
    /** Of `export`: the index of the token after its statement. */
    rhsEndIndex: number | null;
  }
  export function parse(text: string, jsx: boolean, typescript: boolean, flow: boolean): { tokens: Token[] };
}
declare module 'sucrase/dist/esm/parser/tokenizer/index.js' {
  export const IdentifierRole: {
    readonly TopLevelDeclaration: number;
    readonly ObjectShorthandTopLevelDeclaration: number;
  };
}
declare module 'sucrase/dist/esm/parser/tokenizer/types.js' {
  export const TokenType: {
    readonly _const: number;
    readonly _export: number;
    readonly _let: number;
    readonly _var: number;
  };
}
