package io.etlkit.api;

/**
 * Names one handing-over of one message by a source. Opaque to everybody but the source that made it, and serialisable: a
 * source may be asked to settle it arbitrarily late. A redelivery of the same message has another one.
 *
 * @param value the source's own name for the delivery (SQS: the receipt handle); never empty
 */
public record DeliveryId(String value) {
    /** Checks that there is a name. */
    public DeliveryId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a delivery id must not be empty");
        }
    }

    /** Shortened: a receipt handle is a capability, and hundreds of characters long. */
    @Override
    public String toString() {
        return "delivery-" + Integer.toHexString(value.hashCode());
    }
}
