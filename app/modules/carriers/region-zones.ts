import { placeKey } from "./place-key.ts";

/** A state or province of a country with several clocks. */
export interface Region {
  /** Its clocks; the first is that of every place without another one, unless `open`. */
  zones: readonly string[];
  /** Every place on one of the other clocks (keys), larger than a farm: what is named here must be looked up to be known. */
  others: ReadonlySet<string>;
  /** The other clock has too many places to name: only a place that is looked up is known. */
  open: boolean;
}

/** Sources: tz database (northamerica, australasia); 49 CFR 71 for the borders of the clocks of the United States. */
const SINGLE: Readonly<Record<string, string>> = {
  "US America/New_York": "CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV",
  "US America/Chicago": "AR IA IL LA MN MO MS OK WI",
  "US America/Denver": "CO MT NM UT WY",
  "US America/Los_Angeles": "CA WA",
  "US Pacific/Honolulu": "HI",
  "US America/Puerto_Rico": "PR",
  "US America/St_Thomas": "VI",
  "US Pacific/Guam": "GU MP",
  "US Pacific/Pago_Pago": "AS",
  "CA America/Edmonton": "AB NT",
  "CA America/Winnipeg": "MB",
  "CA America/Halifax": "NB NS PE",
  "CA America/Whitehorse": "YT",
  "AU Australia/Sydney": "ACT",
  "AU Australia/Melbourne": "VIC",
  "AU Australia/Hobart": "TAS",
  "AU Australia/Brisbane": "QLD",
  "AU Australia/Darwin": "NT",
  "AU Australia/Adelaide": "SA",
};

/** Nothing but the cities of the table can be told apart here. */
const OPEN: Readonly<Record<string, string>> = {
  "US ID": "America/Boise America/Los_Angeles",
  "US IN": "America/Indiana/Indianapolis America/Chicago America/Kentucky/Louisville",
  "US KY": "America/New_York America/Chicago America/Kentucky/Louisville",
  "US ND": "America/Chicago America/Denver",
  "US NE": "America/Chicago America/Denver",
  "US SD": "America/Chicago America/Denver",
  "US TN": "America/Chicago America/New_York",
  "CA NU": "America/Iqaluit America/Rankin_Inlet America/Cambridge_Bay America/Resolute America/Coral_Harbour",
};

/** One clock but for a corner, all of whose places are named. */
const CORNERS: Readonly<Record<string, readonly [zones: string, places: string]>> = {
  "US AK": ["America/Anchorage America/Adak", "Adak|Atka|Shemya"],
  // Alabama's side of the river keeps the clock of Columbus, Georgia, though not by law.
  "US AL": ["America/Chicago America/New_York", "Phenix City|Lanett|Valley|Smiths|Smiths Station"],
  "US AZ": [
    "America/Phoenix America/Denver",
    "Window Rock|Tuba City|Chinle|Kayenta|Ganado|Fort Defiance|Many Farms|Tsaile|Lukachukai|Rough Rock|Pinon|Dennehotso|Teec Nos Pos|Rock Point|Round Rock|Red Valley|Cameron|Leupp|Sanders|Chambers|Houck|Lupton|St Michaels|Sawmill|Shonto|Kaibeto|Kaibito|Tonalea|Dilkon|Blue Gap|Nazlini|Mexican Water|Steamboat|Klagetoh|Greasewood|Indian Wells|Bitter Springs|Lechee|The Gap|Sweetwater|Cornfields|Burnside|Navajo|Oljato|Petrified Forest Natl Pk",
  ],
  "US FL": [
    "America/New_York America/Chicago",
    "Pensacola|Pensacola Beach|Perdido Key|Gulf Breeze|Milton|Pace|Navarre|Jay|Century|Molino|Cantonment|McDavid|Walnut Hill|Bagdad|Holt|Baker|Crestview|Laurel Hill|Milligan|Fort Walton Beach|Mary Esther|Destin|Niceville|Valparaiso|Shalimar|Eglin AFB|Hurlburt Field|Okaloosa Island|Wright|Ocean City|Miramar Beach|Santa Rosa Beach|Seaside|Rosemary Beach|Inlet Beach|Grayton Beach|Seagrove|Seagrove Beach|Watersound|Point Washington|Defuniak Springs|De Funiak Springs|Freeport|Paxton|Mossy Head|Ponce de Leon|Argyle|Bruce|Ebro|Vernon|Chipley|Wausau|Caryville|Bonifay|Westville|Noma|Esto|Graceville|Jacob|Cottondale|Marianna|Alford|Malone|Bascom|Greenwood|Grand Ridge|Sneads|Two Egg|Campbellton|Cypress|Blountstown|Altha|Clarksville|Kinard|Wewahitchka|Mexico Beach|Panama City|Panama City Beach|PC Beach|Lynn Haven|Callaway|Springfield|Parker|Southport|Fountain|Youngstown|Tyndall AFB|Bayou George|Laguna Beach|Sunnyside|Overstreet|Honeyville|Warrington|Brent|Myrtle Grove|Bellview|Ensley|Gonzalez|Ferry Pass|West Pensacola|Munson|Bluewater Bay|Port St Joe",
  ],
  "US KS": [
    "America/Chicago America/Denver",
    "Goodland|Kanorado|Edson|Ruleton|Sharon Springs|Weskan|Wallace|Tribune|Horace|Syracuse|Coolidge|Kendall",
  ],
  "US MI": [
    "America/Detroit America/Menominee",
    "Ironwood|Bessemer|Wakefield|Ramsay|Iron Mountain|Kingsford|Norway|Iron River|Crystal Falls|Menominee|Watersmeet|Marenisco|Stambaugh|Gaastra|Caspian|Quinnesec|Vulcan|Loretto|Waucedah|Stephenson|Powers|Hermansville|Daggett|Wallace|Carney|Ingalls|Spalding|Wilson|Nadeau|Amasa|Alpha|Channing|Sagola|Ralph|Felch|Foster City",
  ],
  "US NV": ["America/Los_Angeles America/Boise", "West Wendover|Wendover|Jackpot|Mountain City|Owyhee|Jarbidge"],
  "US OR": [
    "America/Los_Angeles America/Boise",
    "Ontario|Vale|Nyssa|Adrian|Jordan Valley|Juntura|Arock|Harper|Brogan|Ironside|Jamieson|Westfall|Riverside|Danner|Rome|Willowcreek",
  ],
  "US TX": [
    "America/Chicago America/Denver",
    "El Paso|Horizon City|Socorro|San Elizario|Clint|Fabens|Tornillo|Anthony|Canutillo|Vinton|Fort Bliss|Fort Hancock|Sierra Blanca|Dell City|Salt Flat|Westway|Sparks|Homestead Meadows|Agua Dulce|Butterfield|Montana Vista|Morning Glory|Esperanza|Acala|Allamoore|McNary|Cornudas|Pine Springs",
  ],
  "CA BC": [
    "America/Vancouver America/Dawson_Creek America/Fort_Nelson America/Edmonton America/Creston",
    "Dawson Creek|Fort St John|Taylor|Pouce Coupe|Chetwynd|Tumbler Ridge|Hudsons Hope|Hudson's Hope|Fort Nelson|Charlie Lake|Rolla|Tomslake|Baldonnel|Moberly Lake|Arras|Groundbirch|Farmington|Cranbrook|Kimberley|Fernie|Sparwood|Elkford|Invermere|Golden|Creston|Radium Hot Springs|Canal Flats|Elko|Jaffray|Wasa|Yahk|Marysville|Moyie|Fairmont Hot Springs|Windermere|Wilmer|Edgewater|Field|Parson|Spillimacheen|Brisco|Wardner|Galloway|Fort Steele|Skookumchuck|Ta Ta Creek|Hosmer|Grasmere|Baynes Lake|Panorama|Athalmer|Wynndel|Erickson|Lister|Canyon|Kitchener|Sirdar",
  ],
  "CA NL": [
    "America/St_Johns America/Goose_Bay",
    "Happy Valley|Goose Bay|Happy Valley Goose Bay|Labrador City|Wabush|Churchill Falls|Nain|Hopedale|Makkovik|Postville|Rigolet|Cartwright|North West River|Sheshatshiu|Natuashish|Mud Lake|Paradise River|Labrador",
  ],
  "CA ON": [
    "America/Toronto America/Winnipeg America/Atikokan",
    "Kenora|Keewatin|Dryden|Fort Frances|Sioux Lookout|Red Lake|Rainy River|Emo|Ear Falls|Ignace|Vermilion Bay|Machin|Balmertown|Cochenour|Madsen|McKenzie Island|Atikokan|Pickle Lake|Sioux Narrows|Nestor Falls|Barwick|Stratton|Devlin|Mine Centre|Hudson|Eagle River|Oxdrift|Minaki|Redditt|Longbow Lake|Morson|Pinewood|Sleeman|Upsala|Savant Lake|Pikangikum|Sandy Lake|Deer Lake|Cat Lake|Lac Seul|Poplar Hill|North Spirit Lake|Keewaywin|Bearskin Lake|Muskrat Dam|Sachigo Lake|Big Trout Lake|Weagamow Lake|Round Lake|Osnaburgh House|New Osnaburgh|Wabigoon|Dinorwic|Perrault Falls|Whitedog|Grassy Narrows|Wunnummin Lake|Kingfisher Lake|Kejick|Pawitik|Clearwater Bay|Jaffray Melick",
  ],
  "CA QC": [
    "America/Toronto America/Halifax America/Blanc-Sablon",
    "Blanc Sablon|Lourdes de Blanc Sablon|Chevery|Harrington Harbour|La Tabatière|Saint Augustin|Tête à la Baleine|Mutton Bay|La Romaine|Kegaska|Old Fort|Old Fort Bay|Rivière Saint Paul|Bonne Espérance|Gros Mécatina|Pakuashipi|Îles de la Madeleine|Les Îles de la Madeleine|Cap aux Meules|Havre Aubert|L'Île du Havre Aubert|Havre aux Maisons|Grande Entrée|Grosse Île|Fatima|L'Étang du Nord|Étang du Nord|Île d'Entrée|Pointe aux Loups|Listuguj",
  ],
  "CA SK": [
    "America/Regina America/Edmonton America/Winnipeg",
    "Lloydminster|Creighton|Denare Beach|Flin Flon|Island Falls|Onion Lake|Marshall|Sandy Bay|Pelican Narrows",
  ],
  "AU NSW": ["Australia/Sydney Australia/Broken_Hill Australia/Lord_Howe", "Broken Hill|Silverton|Lord Howe Island"],
  "AU WA": ["Australia/Perth Australia/Eucla", "Eucla|Madura|Mundrabilla|Border Village"],
};

const NAMES: Readonly<Record<string, string>> = {
  US: "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|PR Puerto Rico|GU Guam|VI Virgin Islands|AS American Samoa",
  CA: "AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|NL Newfoundland|NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|SK Saskatchewan|YT Yukon|YT Yukon Territory",
  AU: "ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia",
};

const REGIONS: ReadonlyMap<string, Region> = new Map([
  ...Object.entries(SINGLE).flatMap(([country, codes]) => {
    const region = { zones: [country.slice(3)], others: new Set<string>(), open: false };
    return codes.split(" ").map((code): [string, Region] => [`${country.slice(0, 2)} ${code}`, region]);
  }),
  ...Object.entries(OPEN).map(([key, zones]): [string, Region] => {
    return [key, { zones: zones.split(" "), others: new Set(), open: true }];
  }),
  ...Object.entries(CORNERS).map(([key, [zones, places]]): [string, Region] => {
    return [key, { zones: zones.split(" "), others: new Set(places.split("|").map(placeKey)), open: false }];
  }),
]);

const CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([country, names]) =>
    names.split("|").map((entry): [string, string] => {
      const [code = "", ...words] = entry.split(" ");
      return [`${country} ${placeKey(words.join(" "))}`, code];
    }),
  ),
);

/** Countries whose states and provinces tell the clock. */
export const FEDERATIONS: readonly string[] = Object.keys(NAMES);

/** The state or province that a word of an address (its key) means in this country, by code or by name; null when none. */
export function regionCode(country: string, key: string): string | null {
  return REGIONS.has(`${country} ${key}`) ? key : (CODES.get(`${country} ${key}`) ?? null);
}

export function regionByCode(country: string, code: string): Region | null {
  return REGIONS.get(`${country} ${code}`) ?? null;
}
