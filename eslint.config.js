import stylistic from '@stylistic/eslint-plugin'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** Which folder may import which: the arrows of docs/architecture.md. */
const arrows = [
  { files: ['src/**'], forbidden: ['**/backend/**', '**/cloudfunctions/**', '**/emulator/**', '**/demo/**', 'node:*', 'wx-server-sdk'] },
  { files: ['contracts/**'], forbidden: ['**/src/**', '**/backend/**', '**/cloudfunctions/**', '**/emulator/**', 'node:*', 'wx-server-sdk'] },
  { files: ['backend/**'], forbidden: ['**/src/**', '**/cloudfunctions/**', '**/emulator/**'] },
  { files: ['backend/**/rules.ts'], forbidden: ['**/wechat/**', 'node:*', 'wx-server-sdk', '**/ports*'] },
  { files: ['emulator/**'], forbidden: ['**/src/**', '**/backend/**', '**/cloudfunctions/**', '**/contracts/**', '**/demo/**'] },
  { files: ['simulator/**'], forbidden: ['**/src/**', '**/backend/**', '**/cloudfunctions/**', '**/contracts/**'] },
]

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '**/*.d.ts', 'project.config.json', 'src/manifest.json', 'src/pages.json', '.local-cloud/**'] },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  stylistic.configs.customize({ indent: 2, quotes: 'single', semi: false, braceStyle: '1tbs', commaDangle: 'always-multiline' }),
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.{ts,mts,vue,js,mjs}'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@stylistic/max-len': ['error', { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true }],
      '@stylistic/max-statements-per-line': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'eqeqeq': 'error',
      '@stylistic/operator-linebreak': ['error', 'before', { overrides: { '=': 'after' } }],
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/attributes-order': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/html-indent': 'off',
      'vue/v-on-event-hyphenation': 'off',
      // The runtime that uni-app ships is Vue 3.4: destructured props would lose reactivity without a word.
      'vue/no-setup-props-reactivity-loss': 'error',
      'no-restricted-imports': ['error', { paths: [{ name: 'vue', importNames: ['useTemplateRef'], message: 'uni-app ships Vue 3.4, which lacks it.' }] }],
    },
  },
  ...arrows.map(({ files, forbidden }) => ({
    files: files.map(pattern => `${pattern}`),
    rules: {
      'no-restricted-imports': ['error', {
        paths: [{ name: 'vue', importNames: ['useTemplateRef'], message: 'uni-app ships Vue 3.4, which lacks it.' }],
        patterns: [{ group: forbidden, message: 'This arrow is not allowed: see docs/architecture.md.' }],
      }],
    },
  })),
  { files: ['tests/**'], rules: { 'max-lines': 'off' } },
)
