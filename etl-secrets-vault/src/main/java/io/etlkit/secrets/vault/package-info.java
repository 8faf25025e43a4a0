/** Secrets and keyset wraps of HashiCorp Vault: {@code ${vault:PATH#KEY}} and {@code vault-transit}. */
@NullMarked
package io.etlkit.secrets.vault;

import org.jspecify.annotations.NullMarked;
