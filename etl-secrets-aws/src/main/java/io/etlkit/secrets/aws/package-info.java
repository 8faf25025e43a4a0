/** Secrets and keyset wraps of AWS: {@code ${aws-sm:ID#KEY}} and {@code aws-kms}. */
@NullMarked
package io.etlkit.secrets.aws;

import org.jspecify.annotations.NullMarked;
