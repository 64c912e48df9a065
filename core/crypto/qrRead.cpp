// The one file that knows which ZXing it is: 1.4 has DecodeHints and Result, 2.x ReaderOptions and Barcode.
#include <crypto/qrRead.h>

#include <ZXing/ReadBarcode.h>

namespace gatehouse::crypto {

namespace {

constexpr Message noCode{"qr-none", GH_TEXT("core", "The picture shows no QR code that can be read"), ""};

#if __has_include(<ZXing/ReaderOptions.h>)
using Options = ZXing::ReaderOptions;
#else
using Options = ZXing::DecodeHints;
#endif

} // namespace

Result<std::string> qrRead(const Picture& picture) {
    if (picture.width == 0 || picture.height == 0)
        return fail(noCode);
    const ZXing::ImageView view(reinterpret_cast<const std::uint8_t*>(picture.pixels.data()),
                                static_cast<int>(picture.width), static_cast<int>(picture.height),
                                ZXing::ImageFormat::Lum);
    Options options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    const auto found = ZXing::ReadBarcode(view, options);
    if (!found.isValid())
        return fail(noCode);
    const auto& bytes = found.bytes();
    return std::string(bytes.begin(), bytes.end());
}

} // namespace gatehouse::crypto
