package io.etlkit.expression.cel;

import io.etlkit.api.value.ListValue;
import java.util.AbstractList;
import java.util.RandomAccess;

/** A list as CEL sees it: its elements are converted when they are read. */
final class ElementsView extends AbstractList<Object> implements RandomAccess {
    private final ListValue list;

    ElementsView(ListValue list) {
        this.list = list;
    }

    ListValue list() {
        return list;
    }

    @Override
    public Object get(int index) {
        return CelValues.toCel(list.values().get(index));
    }

    @Override
    public int size() {
        return list.values().size();
    }

    @Override
    public String toString() {
        return "ElementsView[" + size() + "]";
    }
}
