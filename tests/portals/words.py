"""Vietnamese words the fleet's portals are written in: invented, in the manner of such portals."""

from __future__ import annotations

TOPICS = (
    "cải cách hành chính",
    "chuyển đổi số",
    "phòng, chống thiên tai",
    "an toàn thực phẩm",
    "bảo đảm trật tự an toàn giao thông",
    "khuyến học, khuyến tài",
    "giảm nghèo bền vững",
    "bảo vệ môi trường",
    "xây dựng nông thôn mới",
    "phòng cháy, chữa cháy",
    "chăm sóc người có công",
    "phát triển kinh tế tập thể",
    "bình đẳng giới",
    "tiêm phòng cho đàn vật nuôi",
    "quản lý đất đai",
    "giải phóng mặt bằng",
    "bảo hiểm y tế toàn dân",
    "văn hóa công sở",
    "thu ngân sách",
    "tuyển quân",
    "sản xuất vụ mùa",
    "vệ sinh đường làng, ngõ xóm",
    "quản lý trật tự xây dựng",
    "hỗ trợ doanh nghiệp nhỏ",
    "dân số và trẻ em",
)
NEWS = (
    "{unit} tổ chức hội nghị triển khai công tác {topic}",
    "Lãnh đạo {unit} kiểm tra thực tế công tác {topic}",
    "Tăng cường công tác {topic} trên địa bàn",
    "Sơ kết phong trào thi đua về {topic}",
    "Tập huấn nghiệp vụ {topic} cho cán bộ cơ sở",
    "Nhiều kết quả nổi bật trong công tác {topic}",
    "Phát động tháng cao điểm {topic}",
    "Đoàn công tác của tỉnh làm việc với {unit} về {topic}",
    "Gặp mặt, biểu dương tập thể điển hình trong {topic}",
    "Hội thi tìm hiểu kiến thức về {topic}",
)
NOTICES = (
    "Thông báo về việc tuyển dụng viên chức phục vụ công tác {topic}",
    "Thông báo tạm ngừng giao dịch để phục vụ công tác {topic}",
    "Mời tham dự cuộc họp trực tuyến về {topic}",
    "Công bố đường dây nóng tiếp nhận thông tin về {topic}",
)
LAW = (
    "Một số điểm mới của quy định về {topic}",
    "Hỏi - đáp chế độ, chính sách liên quan đến {topic}",
    "Hướng dẫn thi hành quy định về {topic}",
    "Tuyên truyền, phổ biến pháp luật về {topic} tại cơ sở",
)
PLANS = (
    "Phê duyệt kế hoạch phát triển {topic} giai đoạn 2026 - 2030",
    "Chương trình hành động thực hiện chiến lược {topic}",
    "Công bố quy hoạch gắn với {topic}",
)
PROJECTS = (
    "Danh mục dự án đầu tư công lĩnh vực {topic}",
    "Kết quả lựa chọn nhà thầu mua sắm công phục vụ {topic}",
    "Tiến độ công trình đầu tư phục vụ {topic}",
)
STATISTICS = (
    "Số liệu thống kê quý I/2026 về {topic}",
    "Danh mục đề tài khoa học về {topic}",
    "Tình hình dịch bệnh và công tác {topic}",
)
DRAFTS = (
    "Lấy ý kiến góp ý dự thảo Nghị quyết về {topic}",
    "Dự thảo Quyết định quy định về {topic}",
)
REWARDS = (
    "Khen thưởng các tập thể có thành tích trong {topic}",
    "Quyết định xử phạt vi phạm hành chính liên quan đến {topic}",
)
RADIO = (
    "Bản tin phát thanh: công tác {topic}",
    "Chương trình truyền thanh số mới về {topic}",
)
CULTURE = (
    "Di tích đình làng và nét đẹp trong {topic}",
    "Lễ hội truyền thống gắn với {topic}",
)
PROCEDURES = (
    "Cấp giấy phép hoạt động",
    "Đăng ký khai sinh",
    "Xác nhận tình trạng hôn nhân",
    "Cấp bản sao từ sổ gốc",
    "Chứng thực chữ ký",
    "Đăng ký biến động đất đai",
    "Hỗ trợ chi phí mai táng",
)
DIRECTION = (
    "Chủ tịch UBND tỉnh chỉ đạo tăng cường {topic}",
    "Phó Chủ tịch UBND tỉnh kiểm tra công tác {topic}",
    "UBND tỉnh họp phiên thường kỳ, bàn giải pháp {topic}",
)
SUMMARY = (
    "Thực hiện chương trình công tác năm, cơ quan đã phối hợp với các đơn vị liên quan triển khai "
    "đồng bộ nhiều giải pháp, bước đầu mang lại kết quả tích cực, được nhân dân đồng tình ủng hộ."
)
BODY = (
    "Phát biểu tại buổi làm việc, đại diện lãnh đạo cơ quan ghi nhận những kết quả đã đạt được, đồng thời "
    "chỉ rõ một số tồn tại, hạn chế cần khắc phục trong thời gian tới, nhất là việc phối hợp.",
    "Các đại biểu đã thảo luận, làm rõ nguyên nhân chủ quan, khách quan và thống nhất nhiều giải pháp trọng "
    "tâm; giao bộ phận chuyên môn tham mưu, theo dõi, đôn đốc và báo cáo kết quả thực hiện hằng tháng.",
)
FILLER = (
    "Trang này giới thiệu những nét khái quát về địa bàn, với vị trí thuận lợi, giao thông kết nối đồng bộ, "
    "người dân cần cù, mến khách, đời sống kinh tế, văn hóa ngày càng được nâng cao."
)
HISTORY = (
    "Từ những ngày đầu thành lập với đội ngũ ít ỏi và cơ sở vật chất còn nhiều khó khăn, các thế hệ cán bộ "
    "đã đoàn kết, vượt qua thử thách, từng bước xây dựng và trưởng thành cùng quê hương.",
    "Trải qua các thời kỳ, truyền thống tốt đẹp luôn được gìn giữ và phát huy; nhiều tập thể, cá nhân được "
    "Nhà nước tặng thưởng huân chương, cờ thi đua và bằng khen. Đó là niềm tự hào của các thế hệ.",
)
SUBJECTS = (
    "Đề nghị sửa chữa đường liên thôn xuống cấp",
    "Hỏi về hồ sơ hưởng chế độ người có công",
    "Phản ánh tiếng ồn của xưởng cơ khí trong khu dân cư",
    "Kiến nghị bổ sung đèn chiếu sáng công cộng",
    "Đề nghị giải thích việc chậm trả kết quả hồ sơ",
    "Phản ánh tình trạng đổ rác không đúng nơi quy định",
    "Hỏi về điều kiện hỗ trợ nhà ở",
    "Kiến nghị khơi thông rãnh thoát nước",
    "Phản ánh xe quá tải đi vào đường dân sinh",
    "Hỏi thủ tục điều chỉnh thông tin hộ tịch",
    "Đề nghị công khai danh sách hộ được hỗ trợ",
    "Phản ánh chất lượng nước sinh hoạt",
    "Kiến nghị mở thêm điểm tiếp nhận hồ sơ",
    "Hỏi về mức đóng góp xây dựng công trình",
)
PLACES = ("đoạn đầu thôn", "khu vực chợ", "gần trường học", "tổ dân phố số 2", "xóm Đông", "khu trung tâm")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Ngô", "Đỗ")
MIDDLE = ("Kiểm", "Thử", "Minh", "Thị Mẫu", "Văn Giả", "Đình", "Quốc", "Thu")
GIVEN = ("Chứng", "Nghiệm", "Lặng", "Khuất", "Tịnh", "Quyến", "Thiềng", "Vượng", "Nhẫn", "Hòe")
POSITIONS = ("Chánh Văn phòng", "Phó Chánh Văn phòng", "Trưởng phòng", "Chuyên viên", "Công chức Văn phòng")
