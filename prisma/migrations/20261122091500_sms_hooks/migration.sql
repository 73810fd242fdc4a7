BEGIN;

-- Twilio calls an address that names an account: hands back nothing but (shop_id, id).
CREATE FUNCTION sms_account_of_hook(p_token_hash text) RETURNS TABLE (shop_id text, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT a.shop_id, a.id FROM sms_account a WHERE a.hook_token_hash = p_token_hash
$$;

REVOKE ALL ON FUNCTION sms_account_of_hook(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sms_account_of_hook(text) TO doorstep_app;

COMMIT;
