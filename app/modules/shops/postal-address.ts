/** Parts of a business address as the `shop/update` webhook has them. */
export interface AddressParts {
  address1?: string | null | undefined;
  address2?: string | null | undefined;
  city?: string | null | undefined;
  province_code?: string | null | undefined;
  zip?: string | null | undefined;
  country_code?: string | null | undefined;
  country_name?: string | null | undefined;
}

const MAX_ADDRESS = 300;
/** Where the code comes behind the town. */
const CODE_LAST = new Set(["US", "CA", "AU", "GB", "IE", "NZ", "IN", "ZA"]);

/** Lines of an address in one line, at most 300 characters; null when there are none. */
export function addressLine(lines: readonly (string | null | undefined)[]): string | null {
  const words = lines.map((line) => line?.trim()).filter(Boolean);
  return words.join(", ").slice(0, MAX_ADDRESS) || null;
}

/** The address in one line, in the order of its country; null when the body names no street and no town. */
export function postalAddress(parts: AddressParts): string | null {
  const { address1, address2, city, province_code: province, zip, country_code: country, country_name: name } = parts;
  if (!address1 && !city) return null;
  const town = CODE_LAST.has(country ?? "") ? [city, province, zip] : [zip, city];
  return addressLine([address1, address2, town.filter(Boolean).join(" "), name]);
}
