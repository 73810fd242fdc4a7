BEGIN;

-- CreateIndex
CREATE INDEX "sender_domain_provider_id_idx" ON "sender_domain"("provider_id");

-- CreateIndex
CREATE INDEX "sender_domain_name_idx" ON "sender_domain"("name");

-- A provider's webhook about a domain names no shop.
CREATE FUNCTION owners_of_sender_domain(p_provider_id text) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.shop_id, d.id FROM sender_domain d WHERE d.provider_id = p_provider_id
$$;

-- All shops share one account at the provider: nobody may take up a domain that another shop has.
CREATE FUNCTION owners_of_domain_name(p_name text) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT d.shop_id, d.id FROM sender_domain d WHERE d.name = p_name
$$;

-- Domains to be asked about: those that are not verified soon, the others once in a while.
CREATE FUNCTION due_sender_domains(p_pending_before timestamptz, p_verified_before timestamptz, p_limit int)
RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public SET plan_cache_mode = force_custom_plan AS $$
  SELECT d.shop_id, d.id FROM sender_domain d JOIN shop s ON s.id = d.shop_id
  WHERE d.provider_id IS NOT NULL AND s.status = 'installed'
    AND coalesce(d.checked_at, d.created_at) <
      CASE WHEN d.status = 'verified' THEN p_verified_before ELSE p_pending_before END
  ORDER BY coalesce(d.checked_at, d.created_at) LIMIT p_limit
$$;

COMMIT;
