"""Turkish, Arabic and Spanish times: a language is a rule file, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.language import Document
from dateline.when import languages, publication, read
from dateline.when.grammar import grammar
from dateline.when.making import MAKERS

WEDNESDAY = dt.date(2025, 12, 31)


def last_days(text: str, language: str, published: dt.date = WEDNESDAY) -> tuple[str, str] | None:
    document = Document.of(text)
    found = [t.stretch for t in read(document, document.sentences, published, language) if t.stretch is not None]
    return (found[-1].start.isoformat(), found[-1].end.isoformat()) if found else None


def test_four_languages_and_every_rule_has_its_maker() -> None:
    assert languages() == {"en", "tr", "ar", "es"}
    for language in languages():
        assert {rule.make for rule in grammar(language).rules} <= set(MAKERS)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("30 Aralık 2025 Salı günü bir bomba patladı.", "2025-12-30", "2025-12-30"),
        ("30.12.2025 günü bir bomba patladı.", "2025-12-30", "2025-12-30"),
        ("Jandarma geçen hafta üç kişiyi yakaladı.", "2025-12-22", "2025-12-28"),
        ("Baskın dün gece yapıldı.", "2025-12-30", "2025-12-30"),
        ("Şüpheliler Salı günü yakalandı. Ertesi gün bırakıldılar.", "2025-12-31", "2025-12-31"),
        ("Çarşı geçen Haziran'da kana bulandı.", "2025-06-01", "2025-06-30"),
        ("İKİ GÜN ÖNCE BİR KÖPRÜ UÇURULDU.", "2025-12-29", "2025-12-29"),
        ("2023 yılının Aralık ayında kaçtı. Aynı yılın Şubat ayında görüldü.", "2023-02-01", "2023-02-28"),
        ("Tatbikat 3-5 Mayıs 2024 tarihlerinde yapıldı.", "2024-05-03", "2024-05-05"),
        ("Ağustos 2016'dan Mart 2017'ye kadar çatıştılar.", "2016-08-01", "2017-03-31"),
        ("Örgüt 1990'lı yıllarda kuruldu.", "1990-01-01", "1999-12-31"),
        ("1 Haziran'dan beri kasabayı tutuyorlar.", "2025-06-01", "2025-12-31"),
        ("Duruşma Cuma günü yapılacak.", "2026-01-02", "2026-01-02"),
        ("Son üç günde sekiz kişi yaralandı.", "2025-12-28", "2025-12-31"),
        ("Mart ayı başında bir depo yandı.", "2025-03-01", "2025-03-10"),
        ("Kurban Bayramı 2024 sakin geçti.", "2024-06-17", "2024-06-20"),
        ("Geçen yıl iki kez vuruldu.", "2024-01-01", "2024-12-31"),
    ],
)
def test_turkish(text: str, start: str, end: str) -> None:
    assert last_days(text, "tr") == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("انفجرت قنبلة يوم الثلاثاء 30 ديسمبر 2025.", "2025-12-30", "2025-12-30"),
        ("انفجرت قنبلة في ٣٠ كانون الأول/ديسمبر ٢٠٢٥.", "2025-12-30", "2025-12-30"),
        ("أوقفت الشرطة ثلاثة رجال الأسبوع الماضي.", "2025-12-22", "2025-12-28"),
        ("وقع الهجوم يوم الثلاثاء.", "2025-12-30", "2025-12-30"),
        ("قتل حارس الشهر الماضي.", "2025-11-01", "2025-11-30"),
        ("وقع الهجوم أمس. وفي اليوم التالي أوقف رجلان.", "2025-12-31", "2025-12-31"),
        ("قبل يومين احترق مستودع.", "2025-12-29", "2025-12-29"),
        ("قبل ثلاثة أيام احترق مستودع.", "2025-12-28", "2025-12-28"),
        ("في ديسمبر 2023 فر. وفي فبراير من ذلك العام شوهد.", "2023-02-01", "2023-02-28"),
        ("دارت معارك بين أغسطس 2016 ومارس 2017.", "2016-08-01", "2017-03-31"),
        ("يسيطرون على البلدة منذ 1 يونيو.", "2025-06-01", "2025-12-31"),
        ("كان عيد الفطر 2024 هادئا.", "2024-04-10", "2024-04-12"),
        ("أصيب ثمانية خلال الأيام الثلاثة الماضية.", "2025-12-28", "2025-12-31"),
        ("دمرت الكنيسة في يونيو الماضي.", "2025-06-01", "2025-06-30"),
        ("تأسست الجماعة في تسعينيات القرن الماضي.", "1990-01-01", "1999-12-31"),
        ("سيفتتح المعرض يوم الجمعة.", "2026-01-02", "2026-01-02"),
        ("بدأ العام الماضي.", "2024-01-01", "2024-12-31"),
    ],
)
def test_arabic(text: str, start: str, end: str) -> None:
    assert last_days(text, "ar") == (start, end)


@pytest.mark.parametrize(
    ("text", "language"), [("Yayın tarihi: 30 Aralık 2025", "tr"), ("تاريخ النشر: 30/12/2025", "ar")]
)
def test_a_stamp_states_publication(text: str, language: str) -> None:
    found = publication(Document.of(f"{text}\n\nMetin."), language=language)
    assert found is not None
    assert (found.start, found.basis) == ("2025-12-30", "stated")


_MONTHS = {
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split(),
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
}


@settings(deadline=None)
@given(st.dates(dt.date(1930, 1, 1), dt.date(2035, 12, 31)), st.sampled_from(["tr", "ar"]))
def test_any_date_is_itself(day: dt.date, language: str) -> None:
    written = f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
    assert last_days(f"({written})", language) == (day.isoformat(), day.isoformat())
    assert last_days(f"{day:%d.%m.%Y}", language) == (day.isoformat(), day.isoformat())


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["tr", "ar"]))
def test_never_raises_and_spans_are_exact(text: str, language: str) -> None:
    document = Document.of(text)
    for time in read(document, document.sentences, WEDNESDAY, language):
        assert time.stretch is None or time.stretch.start <= time.stretch.end
        assert text[time.span.start : time.span.end].split() == time.text.split()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("El ataque ocurrió el martes por la noche.", "2025-12-30", "2025-12-30"),
        ("Fue detenido en la madrugada del sábado.", "2025-12-27", "2025-12-27"),
        ("El pasado lunes estalló una bomba.", "2025-12-29", "2025-12-29"),
        ("El hecho ocurrió este miércoles.", "2025-12-31", "2025-12-31"),
        ("Murió el 9 de julio de 2022.", "2022-07-09", "2022-07-09"),
        ("La emboscada se produjo el 3 de mayo.", "2025-05-03", "2025-05-03"),
        ("LIMA, 22 AGO 89 (EFE) -- Dos muertos.", "1989-08-22", "1989-08-22"),
        ("Anoche fueron atacados.", "2025-12-30", "2025-12-30"),
        ("Hace tres días fue liberado.", "2025-12-28", "2025-12-28"),
        ("La semana pasada hubo dos ataques.", "2025-12-22", "2025-12-28"),
        ("Está retenido desde el 3 de junio.", "2025-06-03", "2025-12-31"),
        ("Hubo combates entre el 3 y el 5 de mayo de 2024.", "2024-05-03", "2024-05-05"),
        ("En lo que va del año hubo diez.", "2025-01-01", "2025-12-31"),
        ("La audiencia será el próximo viernes.", "2026-01-02", "2026-01-02"),
        ("Fue capturado en las últimas horas.", "2025-12-30", "2025-12-31"),
    ],
)
def test_spanish_days(text: str, start: str, end: str) -> None:
    assert last_days(text, "es") == (start, end)
