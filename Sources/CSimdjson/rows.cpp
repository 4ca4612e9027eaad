#include "rows.hpp"

enum Tag : uint8_t { absent = 0, null = 1, no = 2, yes = 3, number = 4, text = 5 };

static const size_t mostBytes = 0x0FFFFFFF;

void RowReader::use(const uint8_t *names, size_t namesLength, size_t fieldCount, const uint8_t *id,
                    size_t idLength, const uint8_t *fieldOptions) {
    std::string key(reinterpret_cast<const char *>(names), namesLength);
    key.append(reinterpret_cast<const char *>(id), idLength);
    key.append(reinterpret_cast<const char *>(fieldOptions), fieldCount);
    if (key == shapeKey && fields.size() == fieldCount) { return; }
    fields.clear();
    size_t start = 0;
    for (size_t i = 0; i < namesLength && fields.size() < fieldCount; i++) {
        if (names[i] != 0) { continue; }
        fields.emplace_back(reinterpret_cast<const char *>(names) + start, i - start);
        start = i + 1;
    }
    fields.resize(fieldCount);
    options.assign(fieldOptions, fieldOptions + fieldCount);
    idField.assign(reinterpret_cast<const char *>(id), idLength);
    known.clear();
    slots.resize(fieldCount);
    shapeKey = key;
}

Use RowReader::resolve(Bytes name) const {
    Use use;
    for (size_t i = 0; i < fields.size(); i++) {
        if (name.is(fields[i].data(), fields[i].size())) { use.field = int32_t(i); }
    }
    use.isID = name.is(idField.data(), idField.size());
    use.isVersion = name.is("@odata.etag", 11);
    use.isContext = name.is("@odata.context", 14);
    use.isReason = name.is("reason", 6);
    use.isRemoved = name.is("@removed", 8);
    use.isPlainID = name.is("id", 2);
    use.isError = name.is("error", 5);
    return use;
}

const Use &RowReader::useOf(Bytes name, size_t order) {
    // A document with senselessly many properties must not make the memory of their order grow with it.
    if (order > 255) { order = 255; }
    if (order < known.size()) {
        if (name.is(known[order].name.data(), known[order].name.size())) { return known[order].use; }
    } else {
        known.resize(order + 1);
    }
    known[order].name.assign(reinterpret_cast<const char *>(name.start), name.length);
    known[order].use = resolve(name);
    return known[order].use;
}

csj_status RowReader::readText(Structure &structure, Bytes &content) {
    if (!structure.takeString(content)) { return CSJ_DAMAGED; }
    if (memchr(content.start, '\\', content.length) == nullptr) { return CSJ_OK; }
    // The memory was reserved for the whole document, so earlier strings of the row stay where they are.
    if (scratch.capacity - scratch.size < content.length) { return CSJ_DAMAGED; }
    int64_t length = unescape(content, scratch.elements + scratch.size);
    if (length < 0) { return CSJ_DAMAGED; }
    content = Bytes{scratch.elements + scratch.size, size_t(length)};
    scratch.size += size_t(length);
    return CSJ_OK;
}

csj_status RowReader::readValue(Structure &structure, const Use &use, Slot &value) {
    value = Slot{nullptr, 0, absent};
    uint8_t first = structure.peek();
    if (first == '"') {
        Bytes content;
        csj_status status = readText(structure, content);
        if (status != CSJ_OK) { return status; }
        if (content.length > mostBytes) { return CSJ_TOO_LARGE; }
        value = Slot{content.start, uint32_t(content.length), text};
        if (use.field >= 0 && options[size_t(use.field)] != 0 && content.is(" ", 1)) {
            value = Slot{reinterpret_cast<const uint8_t *>("_x0020_"), 7, text};
        }
        return CSJ_OK;
    }
    if (first == '{' || first == '[') { return structure.skipValue() ? CSJ_OK : CSJ_DAMAGED; }
    if (structure.atEnd()) { return CSJ_DAMAGED; }
    Bytes token = structure.token();
    structure.advance();
    if (token.is("null", 4)) {
        value.tag = null;
    } else if (token.is("true", 4)) {
        value.tag = yes;
    } else if (token.is("false", 5)) {
        value.tag = no;
    } else if (isNumber(token)) {
        if (token.length > mostBytes) { return CSJ_TOO_LARGE; }
        value = Slot{token.start, uint32_t(token.length), number};
    } else {
        return CSJ_DAMAGED;
    }
    return CSJ_OK;
}

csj_status RowReader::readError(Structure &structure, Found &found) {
    structure.advance();
    if (structure.take('}')) { return CSJ_OK; }
    do {
        Bytes name;
        if (!structure.takeString(name) || !structure.take(':')) { return CSJ_DAMAGED; }
        bool isCode = name.is("code", 4);
        if (structure.peek() == '"' && (isCode || name.is("message", 7))) {
            csj_status status = readText(structure, isCode ? found.errorCode : found.errorMessage);
            if (status != CSJ_OK) { return status; }
        } else if (!structure.skipValue()) {
            return CSJ_DAMAGED;
        }
    } while (structure.take(','));
    return structure.take('}') ? CSJ_OK : CSJ_DAMAGED;
}

csj_status RowReader::read(Structure &structure, size_t documentLength, Found &found) {
    for (auto &slot : slots) { slot = Slot{nullptr, 0, absent}; }
    scratch.size = 0;
    if (!scratch.reserve(documentLength)) { return CSJ_NO_MEMORY; }
    found = Found();
    if (!structure.take('{')) { return CSJ_DAMAGED; }
    if (structure.take('}')) { return CSJ_OK; }
    bool contextDeleted = false;
    bool reasonDeleted = false;
    Half plain;
    size_t order = 0;
    do {
        Bytes name;
        if (!structure.takeString(name) || !structure.take(':')) { return CSJ_DAMAGED; }
        const Use &use = useOf(name, order++);
        if (use.isError && structure.peek() == '{') {
            csj_status status = readError(structure, found);
            if (status != CSJ_OK) { return status; }
            continue;
        }
        Slot value;
        csj_status status = readValue(structure, use, value);
        if (status != CSJ_OK) { return status; }
        if (use.field >= 0) { slots[size_t(use.field)] = value; }
        if (use.isRemoved) { found.isTombstone = true; }
        if (value.tag != text) { continue; }
        Bytes content{value.start, value.length};
        if (use.isID) { found.hasID = readGUID(content, found.high, found.low); }
        if (use.isVersion) { found.version = content; }
        if (use.isReason) { reasonDeleted = content.is("deleted", 7); }
        if (use.isPlainID) {
            plain.said = true;
            plain.hasID = readGUID(content, plain.high, plain.low);
        }
        if (use.isContext && content.length >= 15) {
            contextDeleted = memcmp(content.start + content.length - 15, "/$deletedEntity", 15) == 0;
        }
    } while (structure.take(','));
    if (!structure.take('}')) { return CSJ_DAMAGED; }
    found.isTombstone = found.isTombstone || (contextDeleted && reasonDeleted);
    if (found.isTombstone && !found.hasID && plain.said) {
        found.hasID = plain.hasID;
        found.high = plain.high;
        found.low = plain.low;
    }
    return CSJ_OK;
}

csj_status RowReader::write(Growing<uint8_t> &rows) const {
    size_t content = 0;
    for (const auto &slot : slots) { content += slot.length; }
    if (content > mostBytes) { return CSJ_TOO_LARGE; }
    size_t entries = slots.size() * 4;
    if (!rows.reserve(entries + content)) { return CSJ_NO_MEMORY; }
    uint8_t *entry = rows.elements + rows.size;
    uint8_t *start = entry + entries;
    uint8_t *to = start;
    for (const auto &slot : slots) {
        if (slot.length > 0) { memcpy(to, slot.start, slot.length); }
        to += slot.length;
        uint32_t packed = uint32_t(slot.tag) << 28 | uint32_t(to - start);
        entry[0] = uint8_t(packed);
        entry[1] = uint8_t(packed >> 8);
        entry[2] = uint8_t(packed >> 16);
        entry[3] = uint8_t(packed >> 24);
        entry += 4;
    }
    rows.size += entries + content;
    return CSJ_OK;
}
