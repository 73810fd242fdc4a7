/**
 * Who may import whom (README, "How it is built"). One zone = one row: what is not named is forbidden, so a new folder
 * under app/ has no rights until it gets a row here. `tests/checks-tests/import-zones.test.ts` breaks each rule once.
 */
const MODULE = "^app/modules/([^/]+)/";
const LIB = "^app/lib/";
/** Generated code is as good as the library: the database client and its types. */
const GENERATED = "^app/generated/";
/** Enqueue by name: the definition and the catalogue of payloads, never a job that runs. */
const ENQUEUE = "^app/jobs/(define-job|catalogue)[.]ts$";
const SETTINGS = "^app/modules/shops/";
const ACTIVITY = "^app/modules/activity/";
/** The eleven statuses and the shape of a scan are the common language of the product: every module may say them. */
const VOCABULARY = "^app/modules/carriers/(status|carrier)[.]ts$";
/** Messages are a house of their own: these rooms are its doors, the others (how to decide and to render) are not. */
const MESSAGE_AREAS =
  "^app/modules/notifications/(channels|dispatch|domains|links|log|provider-events|rehearsal|sms|unsubscribe)/[^/]+[.]ts$";
const FEATURES = "foresight|delivery-issues|notifications|helpdesk|returns|storefront|invoices|connections";
const FAMILIES = "carriers|helpdesk|connections";
/** Names of a family's own files; any other single-word file, and every folder, is one vendor. */
const FAMILY_FILES = "carrier|status|registry|detect|helpdesk|connection";
const VENDOR_FOLDER = `^app/modules/(${FAMILIES})/([^/]+)/`;
const VENDOR_FILE = `^app/modules/(${FAMILIES})/(?!(${FAMILY_FILES})[.])[a-z0-9]+([.]server)?[.]ts$`;

const zone = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: typeof from === "string" ? { path: from } : from,
  to: { path: "^(app|extensions|tests|prisma)/", pathNot: allowed },
});

const EVERY_MODULE = ["^app/modules/$1/", LIB, GENERATED, ENQUEUE, SETTINGS, ACTIVITY, VOCABULARY];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment:
        "A cycle means that two files are one. Move what both need into a third. (Two views of a GraphQL graph that show each other are one by nature: tests/sandbox.)",
      severity: "error",
      from: { pathNot: "^tests/sandbox/shopify/views/" },
      to: { circular: true },
    },
    zone(
      "zone-routes",
      "^app/routes/([^/]+)",
      ["^app/routes/$1", "^app/(modules|components)/", LIB, "^app/(services|shopify)[.]server[.]ts$"],
      "Routes authenticate, parse, make one module call and render.",
    ),
    zone(
      "zone-jobs",
      { path: "^app/(jobs/|worker[.]server[.]ts$)", pathNot: ENQUEUE },
      ["^app/(jobs|modules)/", LIB, "^app/services[.]server[.]ts$"],
      "Jobs call modules; they know nothing of HTTP or pages.",
    ),
    zone("zone-enqueue", ENQUEUE, [LIB, ENQUEUE], "Modules import these two, so they may import no module."),
    zone(
      "zone-modules",
      { path: MODULE, pathNot: `^app/modules/(shipments|${FEATURES})/|${VENDOR_FOLDER}|${VENDOR_FILE}` },
      EVERY_MODULE,
      "A module knows the library, settings, activity and how to enqueue.",
    ),
    zone(
      "zone-shipments",
      "^app/modules/(shipments)/",
      [
        ...EVERY_MODULE,
        "^app/modules/(carriers|analytics)/[^/]+$",
        "^app/modules/orders/(snapshot|parcel-sync|native-events)[.]ts$",
      ],
      "The core knows what a carrier is, records facts and fills the two ports of orders; it does not know what follows from a change.",
    ),
    zone(
      "zone-features",
      { path: `^app/modules/(${FEATURES})/`, pathNot: `${VENDOR_FOLDER}|${VENDOR_FILE}|^app/modules/notifications/` },
      [...EVERY_MODULE, "^app/modules/(shipments|orders|analytics)/[^/]+$"],
      "Features read shipments and orders and record facts; they do not know each other.",
    ),
    zone(
      "zone-notifications",
      "^app/modules/(notifications)/",
      [...EVERY_MODULE, "^app/modules/(shipments|orders)/[^/]+$", "^app/emails/"],
      "As the other features, and the layouts of its mail.",
    ),
    zone(
      "zone-vendor-folders",
      VENDOR_FOLDER,
      [LIB, "^app/modules/$1/$2/", `^app/modules/$1/(?!registry|detect)[^/]+$`],
      "A vendor is pure: the library and its family's interface; never Prisma, another module, a sibling, the registry.",
    ),
    zone(
      "zone-vendor-files",
      VENDOR_FILE,
      [LIB, `^app/modules/$1/(?!registry|detect)(${FAMILY_FILES}|[^/]+-[^/]+)[.]`],
      "As a vendor that is a folder.",
    ),
    {
      name: "module-doors",
      comment: "A module's door is its top-level files; what lies deeper is its own business.",
      severity: "error",
      from: { path: MODULE },
      to: { path: "^app/modules/[^/]+/[^/]+/", pathNot: "^app/modules/$1/" },
    },
    {
      name: "module-doors-from-outside",
      comment: "Routes, jobs and the composition root use the doors too.",
      severity: "error",
      from: { path: "^app/", pathNot: "^app/modules/" },
      to: { path: "^app/modules/[^/]+/[^/]+/", pathNot: MESSAGE_AREAS },
    },
    {
      name: "zone-views",
      comment: "E-mails and components know the library and, as types, what they show.",
      severity: "error",
      from: { path: "^app/(emails|components)/" },
      to: {
        path: "^(app|extensions|tests|prisma)/",
        pathNot: ["^app/(emails|components)/", LIB],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "views-apart",
      comment: "A page's pieces and a mail's pieces have nothing in common.",
      severity: "error",
      from: { path: "^app/(emails|components)/" },
      to: { path: "^app/(emails|components)/", pathNot: "^app/$1/" },
    },
    zone("zone-lib", LIB, [LIB, GENERATED], "The library has no business words and knows nobody."),
    zone("zone-extensions", "^extensions/([^/]+)/", ["^extensions/$1/"], "Extensions speak HTTP; they share no code."),
    {
      name: "no-tests-in-the-product",
      comment: "No test hook lives in app/. Of prisma/, generate and migrate run in production, too.",
      severity: "error",
      from: { path: "^(app/|prisma/(generate|migrat))" },
      to: { path: "^(tests|extensions)/" },
    },
    {
      name: "pure-files-stay-pure",
      comment:
        "Without .server in its name a file touches no database, network, environment or secret; types are free.",
      severity: "error",
      from: { path: "^app/(modules|lib|components|emails)/", pathNot: "[.]server[.]tsx?$" },
      to: { path: `[.]server[.]tsx?$|${GENERATED}`, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-barrels",
      comment: "Import the file that has it; index files hide who uses what and grow cycles.",
      severity: "error",
      from: {},
      to: { path: "^(app|extensions)/.*/index[.]tsx?$", pathNot: "^app/(routes|generated)/" },
    },
    {
      name: "resolvable",
      comment: "An import that leads nowhere would also escape every other rule.",
      severity: "error",
      from: { path: "^(app|extensions)/" },
      to: { couldNotResolve: true, pathNot: "^(virtual:|#app/generated/)|generated/prisma|[.]css([?]|$)|[.]json$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^app/generated/" },
    exclude: { path: "(^|/)(build|dist|[.]cache|[.]data)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
