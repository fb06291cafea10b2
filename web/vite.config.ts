import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './scripts/precompress.mjs';

const api = process.env.HUIYIN_URL ?? 'http://127.0.0.1:8137';

// The pure rooms do nothing when imported: what is not called need not travel.
const rolldownOptions = {
  treeshake: { moduleSideEffects: (id: string) => !/\/src\/(case|clock|kernel|policy|http\/contract)\//.test(id) },
};

export default defineConfig({
  plugins: [react(), precompress()],
  resolve: { alias: { '@room': fileURLToPath(new URL('../src', import.meta.url)) } },
  build: { manifest: true, target: 'es2022', assetsInlineLimit: 2048, chunkSizeWarningLimit: 900, rolldownOptions },
  server: { proxy: { '/api': api, '/o': api } },
});
