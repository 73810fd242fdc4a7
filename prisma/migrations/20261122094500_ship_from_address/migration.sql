BEGIN;

-- Nothing looks up a location's address any more.
DROP INDEX "fulfillment_ship_from_idx";

-- A place is known by its address, no longer by its location: rows with a location's id get the key that is made of the
-- address, and none where the location was all that was known.
UPDATE fulfillment
SET ship_from_id = ship_from_country || '/' || COALESCE(ship_from_province, '') || '/' || COALESCE(ship_from_zip, '')
WHERE ship_from_id IS NOT NULL OR ship_from_country IS NOT NULL;

COMMIT;
