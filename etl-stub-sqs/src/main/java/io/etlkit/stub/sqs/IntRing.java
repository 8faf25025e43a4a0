package io.etlkit.stub.sqs;

/** A first-in-first-out queue of numbers, without an object for each. Used by one thread. */
final class IntRing {
    private int[] numbers = new int[1 << 10];
    private int head;
    private int size;

    void add(int number) {
        if (size == numbers.length) {
            grow();
        }
        numbers[head + size & numbers.length - 1] = number;
        size++;
    }

    int remove() {
        if (size == 0) {
            throw new IllegalStateException("there is none");
        }
        int number = numbers[head];
        head = head + 1 & numbers.length - 1;
        size--;
        return number;
    }

    int size() {
        return size;
    }

    private void grow() {
        int[] larger = new int[size * 2];
        System.arraycopy(numbers, head, larger, 0, size - head);
        System.arraycopy(numbers, 0, larger, size - head, head);
        numbers = larger;
        head = 0;
    }
}
