// `cem analyze` -> dist/custom-elements.json: what editors and documentation tools know of the public elements.

/** Paths as a customer finds them, and only what is public: no private members, no inner elements. */
const publishedOnly = {
  name: 'published-only',
  packageLinkPhase({ customElementsManifest }) {
    for (const module of customElementsManifest.modules) {
      for (const declaration of module.declarations ?? []) {
        declaration.members = declaration.members?.filter(({ privacy }) => privacy !== 'private' && privacy !== 'protected');
      }
    }
    const published = JSON.stringify(customElementsManifest.modules).replaceAll(/\/?src\/(elements\/[a-z-]+)\.ts/g, 'dist/$1.js');
    customElementsManifest.modules = JSON.parse(published);
  },
};

export default {
  globs: ['src/elements/{index,define,chat,events}.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [publishedOnly],
};
