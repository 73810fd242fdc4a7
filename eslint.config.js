import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

/** House rules. Each has a test that breaks it: tests/checks-tests/lint-rules.test.ts. */

const PROCESS_ENV = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "Only app/lib/env.server.ts reads the environment; take the value from `Env`.",
};

const SECRET_NAME = "/signature|hmac|digest/i";
// `undefined` as a name must be asked of an identifier: a node without a name has the name undefined, too.
const NOTHING = ["left", "right"]
  .map((side) => `:not([${side}.raw='null']):not([${side}.type='Identifier'][${side}.name='undefined'])`)
  .join("");
const EQUALITY = `BinaryExpression[operator=/^[!=]==?$/]${NOTHING}`;
const SIGNATURES = [
  `${EQUALITY} > Identifier[name=${SECRET_NAME}]`,
  `${EQUALITY} > MemberExpression[property.name=${SECRET_NAME}]`,
  `CallExpression[callee.property.name=/^(includes|indexOf|equals)$/] > Identifier.arguments[name=${SECRET_NAME}]`,
].map((selector) => ({
  selector,
  message: "Comparing a signature this way leaks it through timing: use `timingSafeEqual`.",
}));

const HIDDEN_CLOCK = [
  "NewExpression[callee.name='Date'][arguments.length=0]",
  "CallExpression[callee.name='Date']",
  "MemberExpression[object.name='Date'][property.name='now']",
  "MemberExpression[object.name='Temporal'][property.name='Now']",
].map((selector) => ({
  selector,
  message: "Modules have no clock of their own: take `Clock` from #app/lib/clock.ts.",
}));

const BARREL = ["ExportAllDeclaration", "ExportNamedDeclaration[source]"].map((selector) => ({
  selector,
  message: "No barrel files: import the file that has it.",
}));

const UNFINISHED_TEST = {
  selector:
    "CallExpression > MemberExpression.callee[object.name=/^(test|it|describe)$/][property.name=/^(skip|only|todo)$/]",
  message: "A test runs, or it is deleted.",
};

const restrict = (...entries) => ["error", ...entries.flat()];

export default tseslint.config(
  {
    ignores: [
      "**/node_modules/",
      "**/build/",
      "**/dist/",
      "**/coverage/",
      "app/generated/",
      ".cache/",
      // Written by `shopify app build`, never by us.
      "extensions/order-status/shopify.d.ts",
      ".data/",
      "extensions/storefront-tracking/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommended],
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": [
        "error",
        { "ts-ignore": true, "ts-expect-error": true, "ts-nocheck": true, "ts-check": false },
      ],
      // The compiler says it already (noUnusedLocals, noUnusedParameters).
      "@typescript-eslint/no-unused-vars": "off",
      eqeqeq: "error",
      "no-console": "error",
      "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"], location: "start" }],
      "max-lines": ["error", { max: 300 }],
      "max-lines-per-function": ["error", { max: 80, skipBlankLines: true, skipComments: true }],
      // Three, and the transaction or the queue that a caller hands through.
      "max-params": ["error", { max: 4 }],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "node:process", importNames: ["env"] },
            { name: "process", importNames: ["env"] },
          ],
        },
      ],
      "no-restricted-syntax": restrict(PROCESS_ENV, SIGNATURES),
    },
  },
  {
    // An unawaited promise is a lost error; the only rules that need types, and only where it matters.
    files: ["app/**/*.{ts,tsx}", "tests/**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
    },
  },
  {
    files: ["app/**/*.{ts,tsx}"],
    rules: { "no-restricted-syntax": restrict(PROCESS_ENV, SIGNATURES, BARREL) },
  },
  {
    // Remix lets a route take its loader or action from another file.
    files: ["app/routes/**/*.{ts,tsx}"],
    rules: { "no-restricted-syntax": restrict(PROCESS_ENV, SIGNATURES) },
  },
  {
    files: ["app/modules/**/*.{ts,tsx}"],
    rules: { "no-restricted-syntax": restrict(PROCESS_ENV, SIGNATURES, BARREL, HIDDEN_CLOCK) },
  },
  {
    files: ["app/lib/env.server.ts"],
    rules: { "no-restricted-syntax": restrict(SIGNATURES, BARREL) },
  },
  {
    files: ["**/*.tsx", "app/components/**/*.ts"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    // Shopify CLI puts the tunnel's address into `process.env.APP_URL` while it bundles.
    files: ["extensions/order-status/src/app-url.ts"],
    rules: { "no-restricted-syntax": restrict(SIGNATURES, BARREL) },
  },
  {
    files: ["tests/**/*.{ts,tsx}", "prisma/**/*.ts", "*.config.ts", "app/build.ts"],
    rules: { "no-restricted-syntax": restrict(SIGNATURES, UNFINISHED_TEST) },
  },
  {
    // Turns what the product would print into a failing test.
    files: ["tests/support/setup.ts"],
    rules: { "no-console": "off" },
  },
  {
    // A describe block is as long as its tests; what is printed by a command is its output.
    files: ["tests/**/*.test.ts"],
    rules: { "max-lines-per-function": "off" },
  },
);
