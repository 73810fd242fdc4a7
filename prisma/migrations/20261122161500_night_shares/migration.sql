-- Shares are written in another form now. Those of a night that was under way are forgotten: a shop learns less of that one
-- day, which is better than a night that can never be closed.
DELETE FROM "night_share";
