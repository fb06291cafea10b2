/** The package brings no types; this is the part of it that is used. */
declare module 'heic-decode' {
  interface Decoded {
    width: number;
    height: number;
    data: Uint8ClampedArray;
  }
  interface Picture {
    width: number;
    height: number;
    decode(): Promise<Decoded>;
  }
  export function all(input: { buffer: Uint8Array }): Promise<Picture[] & { dispose(): void }>;
}
